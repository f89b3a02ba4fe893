import { ConfigurationError, type Fault } from "../../config/fault";
import { parseEnvironment } from "../../config/load-environment";
import { inputWith } from "./environments";

/** An input that must be refused with one fault. */
export interface WrongInput {
  /** What is wrong, to follow the word "refuses". */
  readonly what: string;
  /** Sections that replace those of the valid input; undefined leaves one out. */
  readonly change: Readonly<Record<string, unknown>>;
  readonly path: string;
  readonly got: unknown;
  /** A part of the fault's text, as telling as need be. */
  readonly allowed: string;
  /** A part of the fault's text, as telling as need be. */
  readonly remedy: string;
}

/** All that is wrong with an input; nothing if it is accepted. */
export function faultsOf(input: unknown): readonly Fault[] {
  try {
    parseEnvironment("test", input);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.faults;
    throw error;
  }
}

/** The faults of the valid input with changed sections. */
export const faultsWith = (change: Readonly<Record<string, unknown>>): readonly Fault[] =>
  faultsOf({ ...inputWith(), ...change });

/** One test for each row: exactly this one fault, in these words. */
export function refuses(rows: readonly WrongInput[]): void {
  test.each(rows)("refuses $what", ({ change, path, got, allowed, remedy }) => {
    const texts = {
      allowed: expect.stringContaining(allowed) as unknown,
      remedy: expect.stringContaining(remedy) as unknown,
    };
    expect(faultsWith(change)).toEqual([{ path, got, ...texts }]);
  });
}
