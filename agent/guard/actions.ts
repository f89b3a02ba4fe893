import { type Host, messageOf } from "../host";
import type { BoundedLog } from "./bounded-log";
import { cutConnections, endProcesses } from "./end-connections";
import type { GuardSettings } from "./guard-settings";
import type { Action, Observation } from "./observation";
import type { PgpoolControl } from "./pgpool-control";
import type { Servers } from "./servers";

/** Does what was decided, and counts it. One that fails changes nothing for the others. */
export class Actions {
  readonly counts = { detached: 0, attached: 0, endedConnections: 0, cutConnections: 0, failedActions: 0 };

  constructor(
    private readonly host: Host,
    private readonly log: BoundedLog,
    private readonly control: PgpoolControl,
    private readonly servers: Servers,
  ) {}

  async perform(action: Action, seen: Observation, settings: GuardSettings): Promise<void> {
    try {
      const done = await this.run(action, seen, settings);
      if (done !== undefined) this.log.event(done);
    } catch (error) {
      this.counts.failedActions += 1;
      this.log.line(`${action.kind} failed: ${messageOf(error)}`);
    }
  }

  private async run(action: Action, seen: Observation, settings: GuardSettings): Promise<string | undefined> {
    switch (action.kind) {
      case "detach":
        await this.control.detach(action.backend);
        this.counts.detached += 1;
        return `backend ${action.backend} is detached: ${reasonOf(action.backend, seen)}`;
      case "attach":
        await this.control.attach(action.backend);
        this.counts.attached += 1;
        return `backend ${action.backend} is attached: ${reasonOf(action.backend, seen)}`;
      case "end-stale":
        return await this.endStale(action.address, seen, settings);
      case "cut": {
        const cut = await cutConnections(this.host, action, settings.port);
        this.counts.cutConnections += cut;
        return cut === 0 ? undefined : `${cut} connections to ${action.address}, which is silent, are cut`;
      }
    }
  }

  private async endStale(
    address: string,
    { backends }: Observation,
    settings: GuardSettings,
  ): Promise<string | undefined> {
    const probe = this.servers.probe(address);
    if (probe === undefined) return undefined;
    const there = backends.filter(({ addresses }) => addresses.includes(address)).map(({ id }) => id);
    const ended = await endProcesses(probe, settings, await this.control.writerPids(there));
    this.counts.endedConnections += ended;
    return ended === 0 ? undefined : `${ended} connections to ${address}, which is a reader now, are ended`;
  }
}

const reasonOf = (id: number, { backends }: Observation): string => {
  const found = backends.find((backend) => backend.id === id);
  return found === undefined ? "" : `${found.name}: ${found.why}`;
};
