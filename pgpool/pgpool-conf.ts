import { flag, type Literal, number, renderLiteral, text } from "./literal";
import type { Setting } from "./setting";
import { backends } from "./settings/backends";
import { healthChecks } from "./settings/health-checks";
import { listening } from "./settings/listening";
import { logging } from "./settings/logging";
import { routing } from "./settings/routing";
import { security } from "./settings/security";
import { sessions } from "./settings/sessions";
import type { Site } from "./site";
import { isAtLeast, parsePgpoolVersion, type PgpoolVersion } from "./version";

/** Every setting that we write, in the order of the file; all others keep Pgpool's own value. */
export const pgpoolSettings: readonly Setting[] = [
  ...listening,
  ...backends,
  ...healthChecks,
  ...routing,
  ...sessions,
  ...security,
  ...logging,
];

/** Whether a version of Pgpool-II knows a setting. */
export const knows = (version: PgpoolVersion, { since, until }: Setting): boolean =>
  (since === undefined || isAtLeast(version, parsePgpoolVersion(since))) &&
  (until === undefined || !isAtLeast(version, parsePgpoolVersion(until)));

/** What the user has named, in place of our own. */
const chosenSettings = ({ tunables, readers }: Site): Setting[] =>
  Object.entries(tunables).flatMap(([name, value]) =>
    // It can only say what readers.conf says of each reader anyway.
    value === undefined || (name === "backend_flag1" && readers === "instances")
      ? []
      : [{ name, value: literalOf(value), why: "Set in the environment's configuration." }],
  );

const literalOf = (value: boolean | number | string): Literal =>
  typeof value === "boolean" ? flag(value) : typeof value === "number" ? number(value) : text(value);

/**
 * pgpool.conf for one version of Pgpool-II: settings that it does not know are left out, and replaced by what it has
 * for them.
 *
 * @throws for a value that the file cannot hold.
 */
export function renderPgpoolConf(version: PgpoolVersion, site: Site): string {
  const chosen = chosenSettings(site);
  const names = new Set(chosen.map(({ name }) => name));
  const lines = [...pgpoolSettings.filter(({ name }) => !names.has(name)), ...chosen]
    .filter((setting) => knows(version, setting) && (setting.readers ?? site.readers) === site.readers)
    .map(({ name, value, why }) => {
      const literal = typeof value === "function" ? value(site) : value;
      return `# ${why}\n${name} = ${renderLiteral(name, literal)}\n`;
    });
  const backends = `# Readers come and go.\ninclude = ${renderLiteral("include", text(site.paths.readersConf))}\n`;
  return [
    "# Written by pgpool-agent at boot and after each rotation of the secret.\n",
    ...lines,
    ...(site.readers === "instances" ? [backends] : []),
  ].join("\n");
}
