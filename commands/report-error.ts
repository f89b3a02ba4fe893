import { ConfigurationError } from "../config/fault";

/** A command was called in a way that it does not know; its message says which it does. */
export class UsageError extends Error {}

/** The world outside does not let a command do its work; its message says what and why. */
export class Refusal extends Error {}

/** Ends a command with an error: a user's fault is told in one message, ours with its trace. */
export function report(error: unknown): void {
  const expected = [ConfigurationError, UsageError, Refusal].some((kind) => error instanceof kind);
  console.error(error instanceof Error ? (expected ? error.message : error.stack) : error);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
