import { readFileSync } from "node:fs";
import { AgentError, type Host, messageOf } from "../host";
import type { Sessions } from "../pcp-output";
import { describeServers } from "./aurora-servers";
import { BoundedLog } from "./bounded-log";
import { decide, type GuardState, initialState } from "./decide";
import { cutConnections, endProcesses } from "./end-connections";
import { type GuardSettings, readGuardSettings } from "./guard-settings";
import { writeMetrics } from "./metrics";
import type { Action, BackendState, Observation } from "./observation";
import { PgpoolControl } from "./pgpool-control";
import { Servers } from "./servers";
import { describeDifferences, SettingsCheck } from "./settings-check";

const periodMilliseconds = 1000;
/** While nothing happens, Pgpool is asked less often than the database. */
const quietMilliseconds = 5000;
/** Every step has a time-out; a round that takes this long is a fault of the guard, which systemd starts again. */
const stuckMilliseconds = 30_000;

/** Looks after Pgpool-II until the process ends. Each round stands alone: one that fails changes nothing. */
export class Guard {
  private state: GuardState = initialState;
  private readonly log: BoundedLog;
  private readonly control: PgpoolControl;
  private readonly servers: Servers;
  private readonly check: SettingsCheck;
  private readonly counts = { detached: 0, attached: 0, endedConnections: 0, cutConnections: 0, failedActions: 0 };
  private backend: BackendState = "unknown";
  private aurora = "";
  private sessions: Sessions | null = null;
  private askedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly host: Host) {
    this.log = new BoundedLog(host.log, host.now);
    this.control = new PgpoolControl(host);
    this.check = new SettingsCheck(host.paths);
    this.servers = new Servers(readFileSync(host.paths.databaseCertificates, "utf8"));
  }

  async run(): Promise<never> {
    this.host.log("the guard has started");
    for (;;) {
      const start = this.host.now();
      const stuck = setTimeout(() => {
        this.host.log(`a round did not end within ${stuckMilliseconds} ms: the guard gives up`);
        process.exit(1);
      }, stuckMilliseconds);
      try {
        await this.round(start);
      } catch (error) {
        this.log.line(`this round failed: ${messageOf(error)}`);
      }
      clearTimeout(stuck);
      await this.host.sleep(Math.max(100, periodMilliseconds - (this.host.now() - start)));
    }
  }

  /** One second: look, decide, act, tell. */
  async round(at: number): Promise<void> {
    const settings = readGuardSettings(this.host.paths.guardSettings);
    const [looked] = await Promise.all([this.servers.look(settings, at), this.askPgpool(at)]);
    const seen: Observation = { at, ...looked, readerBackend: this.backend };
    const before = this.state;
    const { state, actions } = decide(before, seen);
    this.state = state;
    this.tellChanges(before, seen);
    for (const action of actions) await this.act(action, settings);
    await this.checkSettings(settings, at);
    this.tell(at, seen);
  }

  /** A Pgpool-II that has other settings than it should may let anybody in: it must not serve. */
  private async checkSettings(settings: GuardSettings, at: number): Promise<void> {
    const differences = await this.check.differences(settings, at);
    if (differences === undefined) return;
    if (differences.length === 0) {
      this.log.event("Pgpool-II has every setting as it was written");
      return;
    }
    this.log.event(`Pgpool-II is stopped: ${describeDifferences(differences)}`);
    await this.control.stopPgpool();
  }

  /** Each second when something is going on, otherwise now and then. */
  private async askPgpool(at: number): Promise<void> {
    const { reader, demoted } = this.state;
    const isQuiet = this.backend === "up" && reader.bad === 0 && reader.attachedAt === undefined && demoted.size === 0;
    if (isQuiet && at - this.askedAt < quietMilliseconds) return;
    this.askedAt = at;
    const before = this.backend;
    try {
      this.backend = await this.control.readerBackend();
      this.sessions = (await this.control.processes()).sessions;
    } catch (error) {
      this.backend = "unknown";
      this.sessions = null;
      this.log.line(`Pgpool-II does not answer: ${messageOf(error)}`);
    }
    if (before !== this.backend) this.log.event(`the reader's backend is ${this.backend}`);
  }

  private async act(action: Action, settings: GuardSettings): Promise<void> {
    try {
      const done = await this.perform(action, settings);
      if (done !== undefined) this.log.event(done);
    } catch (error) {
      this.counts.failedActions += 1;
      this.log.line(`${action.kind} failed: ${messageOf(error)}`);
    }
  }

  private async perform(action: Action, settings: GuardSettings): Promise<string | undefined> {
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

  private tellChanges(before: GuardState, { servers, aurora }: Observation): void {
    const described = aurora === undefined ? this.aurora : describeServers(aurora);
    if (described !== this.aurora) this.log.event(described);
    this.aurora = described;
    if (this.state.writer !== before.writer) this.log.event(`the writer is ${this.state.writer ?? "unknown"}`);
    for (const [address, answer] of servers) {
      if (answer.kind !== "answers") this.log.line(`${address} is ${answer.kind}: ${answer.why}`);
    }
  }

  private tell(start: number, { servers, aurora }: Observation): void {
    const answers = [...servers.values()];
    writeMetrics(this.host.paths.guardMetrics, {
      at: new Date().toISOString(),
      loopMilliseconds: Math.round(this.host.now() - start),
      writer: this.state.writer ?? null,
      answering: answers.filter(({ kind }) => kind === "answers").length,
      silent: answers.filter(({ kind }) => kind === "silent").length,
      aurora: aurora ?? null,
      readerBackend: this.backend,
      sessions: this.sessions,
      roleChanges: this.state.roleChanges,
      ...this.counts,
    });
  }
}

/**
 * Runs the guard.
 *
 * @throws {@link AgentError} when the node has not booted.
 */
export async function guard(host: Host): Promise<never> {
  readGuardSettings(host.paths.guardSettings);
  try {
    return await new Guard(host).run();
  } catch (error) {
    throw new AgentError(messageOf(error));
  }
}
