/** A value as pgpool.conf knows it. */
export type Literal =
  | { readonly kind: "flag"; readonly value: boolean }
  | { readonly kind: "number"; readonly value: number; readonly unit?: "MB" }
  | { readonly kind: "text"; readonly value: string };

/** A switch. */
export const flag = (value: boolean): Literal => ({ kind: "flag", value });

/** A whole number; few settings know a unit, for the others one is a syntax error. */
export const number = (value: number, unit?: "MB"): Literal => ({ kind: "number", value, unit });

/** A string, or one of several words. */
export const text = (value: string): Literal => ({ kind: "text", value });

/**
 * A value as it is written into pgpool.conf. A string there knows no escape at all, so one with a quote, or with
 * anything that would end its line, cannot be written and is refused; the message does not repeat it.
 *
 * @throws for a value that pgpool.conf cannot hold.
 */
export function renderLiteral(name: string, literal: Literal): string {
  switch (literal.kind) {
    case "flag":
      return literal.value ? "on" : "off";
    case "number":
      if (!Number.isSafeInteger(literal.value)) throw new Error(`${name} must be a whole number`);
      return `${literal.value}${literal.unit ?? ""}`;
    case "text":
      if (/['\p{Cc}]/u.test(literal.value)) {
        throw new Error(`${name} has a quote or a control character, which a string of pgpool.conf cannot hold`);
      }
      return `'${literal.value}'`;
  }
}
