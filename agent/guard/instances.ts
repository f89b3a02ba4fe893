import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { ports } from "../../config/ports";
import { writtenSettings } from "../../pgpool/compare-settings";
import { instanceEndpoint } from "../../pgpool/instance-endpoint";
import type { NodePaths } from "../../pgpool/paths";
import { mostSlots, parseReadersConf, type ReaderSlot, renderReadersConf } from "../../pgpool/readers-conf";
import type { AuroraServers } from "./aurora-servers";
import type { Answer, Backend } from "./observation";
import type { PgpoolView } from "./pgpool-view";
import { backendOfInstance } from "./reader-backends";

/** Time in which the list should have become backends of Pgpool-II; after that it is asked for again. */
const againMilliseconds = 10_000;

/** The readers as backends of their own: which there are, and which Pgpool-II knows. */
export class Instances {
  /** Host names of the cluster's instances by their identifiers, as they were known last. */
  private members: ReadonlyMap<string, string> | undefined;
  private asked = "";
  private askedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly paths: NodePaths,
    private readonly pgpool: PgpoolView,
  ) {}

  /** Backends that pgpool.conf has for them. */
  get slots(): readonly ReaderSlot[] {
    return existsSync(this.paths.readersConf) ? parseReadersConf(readFileSync(this.paths.readersConf, "utf8")) : [];
  }

  /** What pgpool.conf says of those backends that Pgpool-II has loaded. */
  get loadedSettings(): Readonly<Record<string, string>> {
    return writtenSettings(renderReadersConf(this.slots.filter(this.isLoaded), ports.postgresql));
  }

  /** Names to ask for addresses. */
  get hosts(): readonly string[] {
    return this.members === undefined ? this.slots.map(({ host }) => host) : [...this.members.values()];
  }

  /** How many instances have no backend yet, or can get none before Pgpool-II's next start. */
  get withoutBackend(): number {
    return this.missing(this.slots).length;
  }

  /** Takes what Aurora says; while it says nothing, what it said last holds. The writer may be a reader soon. */
  learn(clusterEndpoint: string, aurora: AuroraServers | undefined): void {
    if (aurora === undefined) return;
    const all = [...aurora.readers, ...(aurora.writer === undefined ? [] : [aurora.writer])].sort();
    this.members = new Map(
      all.flatMap((instance) => {
        const host = instanceEndpoint(clusterEndpoint, instance);
        return host === undefined ? [] : [[instance, host] as const];
      }),
    );
  }

  /** Each with what is known of it. */
  backends(servers: ReadonlyMap<string, Answer>, addresses: ReadonlyMap<string, readonly string[]>): Backend[] {
    const names = this.members === undefined ? undefined : new Set(this.members.values());
    return this.slots.map((slot) =>
      backendOfInstance(servers, {
        slot,
        addresses: addresses.get(slot.host) ?? [],
        isMember: names?.has(slot.host),
        state: this.pgpool.state(slot.backend, slot.host),
      }),
    );
  }

  /** Asks for backends where some are missing: root writes them, since the guard may not change what Pgpool-II reads. */
  askForBackends(at: number): void {
    const slots = this.slots;
    const missing = this.missing(slots);
    const isLoaded = slots.every(this.isLoaded);
    if (this.members === undefined || (missing.length === 0 && isLoaded)) return;
    if (isLoaded && slots.length >= mostSlots) return;
    const list = JSON.stringify([...this.members.keys()]);
    if (list === this.asked && at - this.askedAt < againMilliseconds) return;
    const fresh = `${this.paths.wantedReaders}.new`;
    writeFileSync(fresh, `${list}\n`);
    // Whatever the process's mask says: it is read by a root that has no right beyond that.
    chmodSync(fresh, 0o644);
    renameSync(fresh, this.paths.wantedReaders);
    this.asked = list;
    this.askedAt = at;
  }

  private readonly isLoaded = ({ backend, host }: ReaderSlot): boolean =>
    this.pgpool.state(backend, host) !== "unknown";

  private missing(slots: readonly ReaderSlot[]): string[] {
    const known = new Set(slots.map(({ host }) => host));
    return [...(this.members?.values() ?? [])].filter((host) => !known.has(host));
  }
}
