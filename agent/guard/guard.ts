import { readFileSync } from "node:fs";
import { AgentError, type Host, messageOf } from "../host";
import { Actions } from "./actions";
import { type AuroraServers, describeServers } from "./aurora-servers";
import { BoundedLog } from "./bounded-log";
import { isSettled } from "./decide-on-reader";
import { decide, type GuardState, initialState } from "./decide";
import { type GuardSettings, readGuardSettings } from "./guard-settings";
import { Instances } from "./instances";
import { bestOf, writeMetrics } from "./metrics";
import type { Observation } from "./observation";
import { PgpoolControl } from "./pgpool-control";
import { PgpoolView } from "./pgpool-view";
import { backendOfEndpoint, endpointBackend } from "./reader-backends";
import { RefusedClients } from "./refused-clients";
import { Servers } from "./servers";
import { describeDifferences, SettingsCheck } from "./settings-check";

const periodMilliseconds = 1000;
/** Every step has a time-out; a round that takes this long is a fault of the guard, which systemd starts again. */
const stuckMilliseconds = 30_000;

/** Looks after Pgpool-II until the process ends. Each round stands alone: one that fails changes nothing. */
export class Guard {
  private state: GuardState = initialState;
  private readonly log: BoundedLog;
  private readonly control: PgpoolControl;
  private readonly servers: Servers;
  private readonly pgpool: PgpoolView;
  private readonly instances: Instances;
  private readonly check: SettingsCheck;
  private readonly refused: RefusedClients;
  private readonly actions: Actions;
  private refusedClients = 0;
  private aurora = "";

  constructor(private readonly host: Host) {
    this.log = new BoundedLog(host.log, host.now);
    this.control = new PgpoolControl(host);
    this.pgpool = new PgpoolView(this.control, this.log);
    this.instances = new Instances(host.paths, this.pgpool);
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
    const seen = await this.observe(settings, at);
    const before = this.state;
    const { state, actions } = decide(before, seen);
    this.state = state;
    this.tellChanges(before, seen);
    for (const action of actions) await this.actions.perform(action, seen, settings);
    if (settings.readers === "instances") this.instances.askForBackends(at);
    await this.checkSettings(settings, at);
    this.refusedClients += this.refused.look();
    this.tell(at, seen);
  }

  private async observe(settings: GuardSettings, at: number): Promise<Observation> {
    const isOne = settings.readers === "endpoint";
    const ids = isOne ? [endpointBackend] : this.instances.slots.map(({ backend }) => backend);
    const isQuiet = this.state.demoted.size === 0 && [...this.state.readers.values()].every(isSettled);
    const [{ instances, ...looked }] = await Promise.all([
      this.servers.look(settings, at, isOne ? [] : this.instances.hosts),
      this.pgpool.ask(at, ids, isQuiet),
    ]);
    if (!isOne) {
      this.instances.learn(settings.writerEndpoint, looked.aurora);
      if (this.instances.hosts.length === 0) this.log.line(`no reader is known: ${whyNone(looked.aurora)}`);
    }
    const backends = isOne
      ? [backendOfEndpoint(looked, this.pgpool.state(endpointBackend))]
      : this.instances.backends(looked.servers, instances);
    return { at, ...looked, backends };
  }

  /** A Pgpool-II that has other settings than it should may let anybody in: it must not serve. */
  private async checkSettings(settings: GuardSettings, at: number): Promise<void> {
    const differences = await this.check.differences(
      settings,
      settings.readers === "endpoint" ? {} : this.instances.loadedSettings,
      at,
    );
    if (differences === undefined) return;
    if (differences.length === 0) {
      this.log.event("Pgpool-II has every setting as it was written");
      return;
    }
    this.log.event(`Pgpool-II is stopped: ${describeDifferences(differences)}`);
    await this.control.stopPgpool();
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

  private tell(start: number, { servers, aurora, backends }: Observation): void {
    const answers = [...servers.values()];
    writeMetrics(this.host.paths.guardMetrics, {
      at: new Date().toISOString(),
      loopMilliseconds: Math.round(this.host.now() - start),
      writer: this.state.writer ?? null,
      answering: answers.filter(({ kind }) => kind === "answers").length,
      silent: answers.filter(({ kind }) => kind === "silent").length,
      aurora: aurora ?? null,
      readerBackend: bestOf(backends),
      readers: backends.map(({ name, state, why }) => ({ name, state, why })),
      readersWithoutBackend: this.instances.withoutBackend,
      sessions: this.pgpool.sessions,
      roleChanges: this.state.roleChanges,
      refusedClients: this.refusedClients,
      ...this.actions.counts,
    });
  }
}

const whyNone = (aurora: AuroraServers | undefined): string =>
  aurora === undefined
    ? "the database does not answer, or is not Aurora"
    : "the cluster's endpoint does not tell how its instances are named";

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
