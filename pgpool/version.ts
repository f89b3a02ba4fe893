/** A release series of Pgpool-II, such as 4.7: settings come and go with it. */
export interface PgpoolVersion {
  readonly major: number;
  readonly minor: number;
}

/** The oldest series whose settings this project knows. */
const oldest: PgpoolVersion = { major: 4, minor: 3 };

/**
 * Reads a version as Pgpool-II prints it: `4.7`, `4.7.2` or `pgpool-II version 4.7.2 (tokiboshi)`.
 *
 * @throws for text without a version, and for a series older than 4.3.
 */
export function parsePgpoolVersion(text: string): PgpoolVersion {
  const found = /(\d+)\.(\d+)/.exec(text);
  if (found === null) throw new Error(`"${text.trim()}" does not say which version of Pgpool-II it is`);
  const version = { major: Number(found[1]), minor: Number(found[2]) };
  if (!isAtLeast(version, oldest)) throw new Error(`Pgpool-II ${found[0]} is too old: at least 4.3 is needed`);
  return version;
}

/** Whether a version is another one or newer. */
export const isAtLeast = (version: PgpoolVersion, other: PgpoolVersion): boolean =>
  version.major > other.major || (version.major === other.major && version.minor >= other.minor);
