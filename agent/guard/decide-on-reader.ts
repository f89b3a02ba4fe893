import type { Action, Backend } from "./observation";

/** What the guard remembers of a backend. */
export interface ReaderState {
  /** How often in a row it was bad. */
  readonly bad: number;
  /** How often in a row it was good, since the backend was detached if it is. */
  readonly good: number;
  readonly wasDown: boolean;
  readonly attachedAt?: number;
  /** Doubles while something else detaches again what was attached. */
  readonly pauseMilliseconds: number;
  readonly notBefore: number;
}

export const initialReaderState: ReaderState = { bad: 0, good: 0, wasDown: false, pauseMilliseconds: 0, notBefore: 0 };

/** Seconds in a row that decide: once may be a lost packet, or a server that is just coming up. */
export const needed = 2;
/** A backend that is down again so soon was detached by Pgpool's own health check, which must know better. */
const soonMilliseconds = 15_000;
/** Right after it was attached, Pgpool-II may still say what was before. */
const settleMilliseconds = 1500;
const firstPauseMilliseconds = 4000;
const longestPauseMilliseconds = 60_000;

/** One moment of a backend. */
interface ReaderMoment extends Pick<Backend, "id" | "state" | "verdict"> {
  readonly at: number;
  /** Without the writer it may be this node that is cut off; and sessions would have nowhere to go. */
  readonly writerAnswers: boolean;
}

/** Whether a backend for reads is to be detached or attached. The writer's never is. */
export function decideOnReader(before: ReaderState, seen: ReaderMoment): { state: ReaderState; actions: Action[] } {
  const bad = seen.verdict === "bad" ? before.bad + 1 : 0;
  const isDown = seen.state === "down";
  // Whoever detached it has had a reason: what the servers said before does not count.
  const good = seen.verdict === "good" ? (isDown && !before.wasDown ? 1 : before.good + 1) : 0;
  const state = { ...before, ...pauseAfterRelapse(before, seen), bad, good, wasDown: isDown };
  if (seen.state === "up" && bad >= needed && seen.writerAnswers) {
    return { state: { ...state, attachedAt: undefined }, actions: [{ kind: "detach", backend: seen.id }] };
  }
  if (isDown && good >= needed && seen.at >= state.notBefore) {
    return {
      state: { ...state, attachedAt: seen.at, notBefore: seen.at + settleMilliseconds },
      actions: [{ kind: "attach", backend: seen.id }],
    };
  }
  return { state, actions: [] };
}

/** Whether nothing is about to happen to a backend, so that Pgpool-II need not be asked of it each second. */
export const isSettled = ({ bad, good, attachedAt, wasDown }: ReaderState): boolean =>
  attachedAt === undefined && (wasDown ? bad > needed && good === 0 : bad === 0);

function pauseAfterRelapse(before: ReaderState, { at, state }: ReaderMoment): Partial<ReaderState> {
  if (before.attachedAt === undefined) return {};
  const since = at - before.attachedAt;
  if (since > soonMilliseconds) return { attachedAt: undefined, pauseMilliseconds: 0 };
  if (state !== "down" || since < settleMilliseconds) return {};
  const doubled = Math.max(firstPauseMilliseconds, before.pauseMilliseconds * 2);
  const pauseMilliseconds = Math.min(doubled, longestPauseMilliseconds);
  return { attachedAt: undefined, pauseMilliseconds, notBefore: at + pauseMilliseconds };
}
