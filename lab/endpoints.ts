import { writeFileSync } from "node:fs";
import { hostsFile } from "./machine";

/** Names of the cluster, as Aurora gives them. */
export const writerEndpoint = "writer.cluster.test";
export const readerEndpoint = "reader.cluster.test";

/**
 * The endpoints: names that can be pointed at other servers, as Aurora's DNS does. The private machine's hosts file is
 * what every resolver call reads afresh, in Pgpool-II and in Node.js, so addresses are real and nothing is in between.
 */
export class Endpoints {
  private writer = "";
  private readers: readonly string[] = [];

  point(changes: { readonly writer?: string; readonly readers?: readonly string[] }): void {
    this.writer = changes.writer ?? this.writer;
    this.readers = changes.readers ?? this.readers;
    const lines = [
      "127.0.0.1 localhost",
      `${this.writer} ${writerEndpoint}`,
      ...this.readers.map((address) => `${address} ${readerEndpoint}`),
    ];
    // In place: another file would not be the one that is mounted.
    writeFileSync(hostsFile, `${lines.join("\n")}\n`);
  }
}
