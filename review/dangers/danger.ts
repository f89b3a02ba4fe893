import type { ResourceChange, Values } from "../resource-change";

/** What one rule has found: the resource, what follows from it, and what exactly changes. */
export interface Found {
  readonly address: string;
  readonly reason: string;
  readonly detail: string;
}

/** A rule that recognizes a dangerous change; pure. */
export interface Danger {
  /** What an acknowledgement calls it. */
  readonly name: string;
  /** What is dangerous in all changes of a stack. */
  readonly find: (changes: readonly ResourceChange[]) => readonly Found[];
}

/** A rule that looks at one resource after the other; what is destroyed is for `lost` alone to judge. */
export const eachChange =
  (find: (change: ResourceChange) => readonly Omit<Found, "address">[]): Danger["find"] =>
  (changes) =>
    changes
      .filter(({ action }) => action !== "destroy" && action !== "forget")
      .flatMap((change) => find(change).map((found) => ({ address: change.address, ...found })));

/** A change of one argument in words. */
export const fromTo = (name: string, before: unknown, after: unknown): string =>
  `${name} ${inWords(before)} → ${inWords(after)}`;

const inWords = (value: unknown): string =>
  value === undefined || value === null ? "nothing" : typeof value === "string" ? value : JSON.stringify(value);

/** Whether an argument is on; the provider has some switches as text. */
export const isOn = (values: Values, name: string): boolean => values[name] === true || values[name] === "true";

/** Whether a value will be known after the apply only, so that nothing can be said of it. */
export const isUnknown = ({ change }: ResourceChange, name: string): boolean =>
  (change.after_unknown as Values | null)?.[name] === true;
