import { messageOf } from "../host";
import type { Sessions } from "../pcp-output";
import type { BoundedLog } from "./bounded-log";
import type { BackendState } from "./observation";
import type { PgpoolControl } from "./pgpool-control";

/** While nothing happens, Pgpool is asked less often than the database. */
const quietMilliseconds = 5000;

/** What Pgpool-II says of itself; kept for some seconds while nothing happens. */
export class PgpoolView {
  /** Nothing while Pgpool-II does not answer. */
  sessions: Sessions | null = null;
  private backends: ReadonlyMap<number, { readonly state: BackendState; readonly host: string | undefined }> =
    new Map();
  private askedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly control: PgpoolControl,
    private readonly log: BoundedLog,
  ) {}

  /**
   * The state of a backend.
   *
   * @param host - Where it has to lead: a backend that leads elsewhere is another one, and not known.
   */
  state(id: number, host?: string): BackendState {
    const found = this.backends.get(id);
    return found === undefined || (host !== undefined && found.host !== host) ? "unknown" : found.state;
  }

  /** Asks for these backends, unless it was asked a short time ago and nothing happens. Never throws. */
  async ask(at: number, ids: readonly number[], isQuiet: boolean): Promise<void> {
    const isKnown = ids.every((id) => this.state(id) !== "unknown");
    if (isQuiet && isKnown && at - this.askedAt < quietMilliseconds) return;
    this.askedAt = at;
    const before = this.backends;
    try {
      this.sessions = await this.control.sessions();
      this.backends = new Map(await Promise.all(ids.map(async (id) => [id, await this.backend(id)] as const)));
    } catch (error) {
      this.sessions = null;
      this.backends = new Map();
      this.log.line(`Pgpool-II does not answer: ${messageOf(error)}`);
    }
    for (const id of new Set([...before.keys(), ...ids])) {
      const state = this.state(id);
      if (state !== (before.get(id)?.state ?? "unknown")) this.log.event(`backend ${id} is ${state}`);
    }
  }

  /** A backend that is written and not yet loaded is not known to Pgpool-II. */
  private async backend(id: number) {
    try {
      return await this.control.backend(id);
    } catch (error) {
      this.log.line(`backend ${id} is not known: ${messageOf(error)}`);
      return { state: "unknown", host: undefined } as const;
    }
  }
}
