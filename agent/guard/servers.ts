import { lookup } from "node:dns/promises";
import type { AuroraServers } from "./aurora-servers";
import type { GuardSettings } from "./guard-settings";
import type { Answer } from "./observation";
import { Probe } from "./probe";
import { withLimit } from "./with-limit";

/** How long a server is asked after no endpoint leads to it any more. */
const keepMilliseconds = 120_000;
const lookupMilliseconds = 1500;

interface Kept {
  readonly probe: Probe;
  seen: number;
}

/** The servers behind the endpoints, now and a short time ago, each with one kept connection. */
export class Servers {
  private readonly kept = new Map<string, Kept>();
  /** Where names of instances led when they last led anywhere: a server that goes loses its name first. */
  private readonly instances = new Map<string, readonly string[]>();
  private readonly pending = new Map<string, Promise<readonly string[]>>();

  constructor(private readonly certificates: string) {}

  /**
   * Resolves all names and asks every server, all at once; never takes longer than the time-outs, never throws.
   *
   * @param hosts - Names of single instances, beside the endpoints.
   */
  async look(settings: GuardSettings, at: number, hosts: readonly string[]) {
    const { writerEndpoint: writer, readerEndpoint: reader } = settings;
    const [writerEndpoint, readerEndpoint] = await Promise.all([
      this.resolve(writer),
      this.resolve(reader),
      ...hosts.map((host) => this.resolveInstance(host)),
    ]);
    for (const address of writerEndpoint) this.keep(address, writer, at);
    for (const address of readerEndpoint) this.keep(address, reader, at);
    for (const host of hosts) {
      for (const address of this.instances.get(host) ?? []) this.keep(address, host, at);
    }
    for (const [address, { probe, seen }] of this.kept) {
      if (at - seen <= keepMilliseconds) continue;
      probe.close();
      this.kept.delete(address);
    }
    const asked = [...this.kept].map(async ([address, { probe }]) => [address, await probe.ask(settings)] as const);
    const servers: ReadonlyMap<string, Answer> = new Map(await Promise.all(asked));
    const aurora = await this.askAurora(settings, servers);
    return { writerEndpoint, readerEndpoint, servers, aurora, instances: this.instances };
  }

  /** The writer knows best; without one, whichever server answers. */
  private async askAurora(
    settings: GuardSettings,
    servers: ReadonlyMap<string, Answer>,
  ): Promise<AuroraServers | undefined> {
    const answering = [...servers].flatMap(([address, answer]) =>
      answer.kind === "answers" ? { address, isWriter: answer.role === "writer" } : [],
    );
    const best = answering.find(({ isWriter }) => isWriter) ?? answering[0];
    return best === undefined ? undefined : await this.probe(best.address)?.auroraServers(settings);
  }

  /** The kept connection to a server. */
  probe(address: string): Probe | undefined {
    return this.kept.get(address)?.probe;
  }

  close(): void {
    for (const { probe } of this.kept.values()) probe.close();
  }

  private keep(address: string, endpoint: string, at: number): void {
    const known = this.kept.get(address);
    if (known === undefined)
      this.kept.set(address, { probe: new Probe(address, endpoint, this.certificates), seen: at });
    else known.seen = at;
  }

  private async resolveInstance(host: string): Promise<void> {
    const addresses = await this.resolve(host);
    if (addresses.length > 0) this.instances.set(host, addresses);
  }

  /** A resolver that hangs must not be asked again and again: each question holds a thread. */
  private async resolve(name: string): Promise<readonly string[]> {
    const asked =
      this.pending.get(name) ??
      lookup(name, { all: true }).then(
        (found) => found.map(({ address }) => address),
        () => [],
      );
    this.pending.set(name, asked);
    void asked.then(() => this.pending.delete(name));
    return await withLimit(lookupMilliseconds, () => asked).catch(() => []);
  }
}
