import { type Host, messageOf } from "../host";
import type { BoundedLog } from "./bounded-log";
import { cutConnections, endProcesses } from "./end-connections";
import type { GuardSettings } from "./guard-settings";
import type { Action } from "./observation";
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

  async perform(action: Action, settings: GuardSettings): Promise<void> {
    try {
      const done = await this.run(action, settings);
      if (done !== undefined) this.log.event(done);
    } catch (error) {
      this.counts.failedActions += 1;
      this.log.line(`${action.kind} failed: ${messageOf(error)}`);
    }
  }

  private async run(action: Action, settings: GuardSettings): Promise<string | undefined> {
    switch (action.kind) {
      case "detach":
        await this.control.detachReader();
        this.counts.detached += 1;
        return "a reader is silent: its backend is detached";
      case "attach":
        await this.control.attachReader();
        this.counts.attached += 1;
        return "the readers answer: their backend is attached";
      case "end-stale":
        return await this.endStale(action.address, settings);
      case "cut": {
        const cut = await cutConnections(this.host, action.address, settings.port);
        this.counts.cutConnections += cut;
        return cut === 0 ? undefined : `${cut} connections to ${action.address}, which is silent, are cut`;
      }
    }
  }

  private async endStale(address: string, settings: GuardSettings): Promise<string | undefined> {
    const probe = this.servers.probe(address);
    if (probe === undefined) return undefined;
    const { writerPids } = await this.control.processes();
    const ended = await endProcesses(probe, settings, writerPids);
    this.counts.endedConnections += ended;
    return ended === 0 ? undefined : `${ended} connections to ${address}, which is a reader now, are ended`;
  }
}
