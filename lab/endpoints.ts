import { writeFileSync } from "node:fs";
import { hostsFile } from "./machine";

/** Names of the cluster, as Aurora gives them. */
const suffix = "c0ffee.lab-1.rds.test";
export const writerEndpoint = `lab.cluster-${suffix}`;
export const readerEndpoint = `lab.cluster-ro-${suffix}`;
export const instanceHost = (instance: string): string => `${instance}.${suffix}`;

/** A server, by its identifier and its address. */
interface Named {
  readonly name: string;
  readonly address: string;
}

/**
 * The endpoints: names that can be pointed at other servers, as Aurora's DNS does. The private machine's hosts file is
 * what every resolver call reads afresh, in Pgpool-II and in Node.js, so addresses are real and nothing is in between.
 */
export class Endpoints {
  private writer = "";
  private readers: readonly string[] = [];
  private instances: readonly Named[] = [];

  point(changes: {
    readonly writer?: string;
    readonly readers?: readonly string[];
    readonly instances?: readonly Named[];
  }): void {
    this.writer = changes.writer ?? this.writer;
    this.readers = changes.readers ?? this.readers;
    this.instances = changes.instances ?? this.instances;
    const lines = [
      "127.0.0.1 localhost",
      `${this.writer} ${writerEndpoint}`,
      ...this.readers.map((address) => `${address} ${readerEndpoint}`),
      ...this.instances.map(({ name, address }) => `${address} ${instanceHost(name)}`),
    ];
    // In place: another file would not be the one that is mounted.
    writeFileSync(hostsFile, `${lines.join("\n")}\n`);
  }
}
