import { readFileSync } from "node:fs";
import { AgentError, type Host, messageOf } from "../host";
import type { Sessions } from "../pcp-output";
import { Actions } from "./actions";
import { describeServers } from "./aurora-servers";
import { BoundedLog } from "./bounded-log";
import { decide, type GuardState, initialState } from "./decide";
import { type GuardSettings, readGuardSettings } from "./guard-settings";
import { writeMetrics } from "./metrics";
import type { BackendState, Observation } from "./observation";
import { PgpoolControl } from "./pgpool-control";
import { RefusedClients } from "./refused-clients";
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
  private readonly refused: RefusedClients;
  private readonly actions: Actions;
  private refusedClients = 0;
  private backend: BackendState = "unknown";
  private aurora = "";
  private sessions: Sessions | null = null;
  private askedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly host: Host) {
    this.log = new BoundedLog(host.log, host.now);
    this.control = new PgpoolControl(host);
    this.check = new SettingsCheck(host.paths);
    this.refused = new RefusedClients(host.paths.log);
    this.servers = new Servers(readFileSync(host.paths.databaseCertificates, "utf8"));
    this.actions = new Actions(host, this.log, this.control, this.servers);
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
    for (const action of actions) await this.actions.perform(action, settings);
    await this.checkSettings(settings, at);
    this.refusedClients += this.refused.look();
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
      refusedClients: this.refusedClients,
      ...this.actions.counts,
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
