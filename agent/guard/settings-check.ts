import { statSync } from "node:fs";
import { Client } from "pg";
import { ports } from "../../config/ports";
import { compareSettings, type Difference } from "../../pgpool/compare-settings";
import type { NodePaths } from "../../pgpool/paths";
import type { GuardSettings } from "./guard-settings";

const pauseMilliseconds = 5000;
const limitMilliseconds = 3000;

/**
 * Pgpool-II ignores in silence a setting that it does not know and a switch that it cannot read. So it is asked what it
 * has, once after each of its starts and after each new backend, as soon as somebody can log in at all: a database that
 * is away is no reason.
 */
export class SettingsCheck {
  private checked: string | undefined;
  private backends = "";
  private triedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly paths: NodePaths) {}

  /**
   * What Pgpool-II has otherwise than it was written.
   *
   * @param backends - Settings of backends that it has loaded since its start.
   * @returns undefined when there is nothing to check now.
   */
  async differences(
    settings: GuardSettings,
    backends: Readonly<Record<string, string>>,
    at: number,
  ): Promise<readonly Difference[] | undefined> {
    const life = this.lifeOfPgpool(backends);
    if (this.backends !== JSON.stringify(backends)) {
      // Each of its processes reads the file when it gets to it.
      this.triedAt = at;
      this.backends = JSON.stringify(backends);
    }
    if (life === undefined || life === this.checked || at - this.triedAt < pauseMilliseconds) return undefined;
    this.triedAt = at;
    const shown = await this.ask(settings);
    if (shown === undefined || life !== this.lifeOfPgpool(backends)) return undefined;
    this.checked = life;
    return compareSettings({ ...settings.expected, ...backends }, shown);
  }

  /** Its socket is another one after each start. */
  private lifeOfPgpool(backends: object): string | undefined {
    const found = statSync(`${this.paths.sockets}/.s.PGSQL.${ports.pgpool}`, { throwIfNoEntry: false });
    return found === undefined ? undefined : `${found.ino} ${found.ctimeMs} ${Object.keys(backends).length}`;
  }

  /** Nothing when nobody can log in now: the database may be away, or every place be taken. */
  private async ask({ user, password, database }: GuardSettings): Promise<Record<string, string> | undefined> {
    const client = new Client({
      host: this.paths.sockets,
      port: ports.pgpool,
      user,
      password,
      database,
      connectionTimeoutMillis: limitMilliseconds,
      query_timeout: limitMilliseconds,
    });
    client.on("error", () => undefined);
    try {
      await client.connect();
      const { rows } = await client.query<{ item: string; value: string }>("PGPOOL SHOW ALL");
      return Object.fromEntries(rows.map(({ item, value }) => [item, value]));
    } catch {
      return undefined;
    } finally {
      // Not waited for: what matters has been said.
      void client.end().catch(() => undefined);
    }
  }
}

/** Differences in words; no secret is among them. */
export const describeDifferences = (differences: readonly Difference[]): string =>
  differences
    .map(({ name, written, shown }) => `${name} is ${shown ?? "unknown to it"} instead of ${written}`)
    .join(", ");
