/** A setting that Pgpool-II has otherwise than it was written. */
export interface Difference {
  readonly name: string;
  readonly written: string;
  /** Absent where Pgpool-II does not know the setting at all: it says nothing of that when it starts. */
  readonly shown?: string;
}

/** What Pgpool-II hides, and we do not keep. */
export const isSecret = (name: string): boolean => name.includes("passw");

/** The settings of a pgpool.conf, values without quotes; secret ones are left out, and files that it includes. */
export function writtenSettings(conf: string): Record<string, string> {
  const lines = [...conf.matchAll(/^(\w+) = (?:'(.*)'|(.*))$/gm)];
  const pairs = lines.map(([, name = "", quoted, bare]) => [name, quoted ?? bare ?? ""] as const);
  return Object.fromEntries(pairs.filter(([name]) => !isSecret(name) && name !== "include"));
}

/** Settings that `PGPOOL SHOW ALL` does not show as they were written, and that are not there at all. */
export function compareSettings(
  written: Readonly<Record<string, string>>,
  shown: Readonly<Record<string, string>>,
): Difference[] {
  return Object.entries(written).flatMap(([name, value]) => {
    const other = shown[name];
    return other !== undefined && isSame(value, other) ? [] : [{ name, written: value, shown: other }];
  });
}

function isSame(written: string, shown: string): boolean {
  if (written === shown) return true;
  // It knows of ALWAYS_PRIMARY and does not show it.
  const flags = (text: string): string =>
    text
      .split("|")
      .filter((flag) => flag !== "ALWAYS_PRIMARY")
      .join("|");
  if (written.includes("|")) return flags(written) === flags(shown);
  const [base, other] = [quantity(written), quantity(shown)];
  if (base === undefined || other === undefined) return false;
  // A number without a unit is seconds in some settings and milliseconds in others.
  return base === other || (/^\d+$/.test(written) && base * 1000 === other);
}

const factors: Readonly<Record<string, number>> = {
  "": 1,
  ms: 1,
  s: 1000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  B: 1,
  kB: 1024,
  MB: 1024 ** 2,
  GB: 1024 ** 3,
};

/** A number with a unit, in milliseconds or bytes. */
function quantity(text: string): number | undefined {
  const [, digits, unit = ""] = /^(\d+)\s*(\w*)$/.exec(text) ?? [];
  const factor = factors[unit];
  return digits === undefined || factor === undefined ? undefined : Number(digits) * factor;
}
