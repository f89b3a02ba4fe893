import type { Action, Answer, Observation } from "./observation";

/** What the guard remembers of the reader's backend. */
export interface ReaderState {
  /** How often in a row a server of the readers' endpoint was silent. */
  readonly bad: number;
  /** How often in a row all of them answered, since the backend was detached if it is. */
  readonly good: number;
  readonly wasDown: boolean;
  readonly attachedAt?: number;
  /** Doubles while something else detaches again what was attached. */
  readonly pauseMilliseconds: number;
  readonly notBefore: number;
}

export const initialReaderState: ReaderState = { bad: 0, good: 0, wasDown: false, pauseMilliseconds: 0, notBefore: 0 };

/** Seconds that do not decide: once may be a lost packet, or a server that is just coming up. */
const needed = 2;
/** A backend that is down again so soon was detached by Pgpool's own health check, which must know better. */
const soonMilliseconds = 15_000;
/** Right after it was attached, Pgpool-II may still say what was before. */
const settleMilliseconds = 1500;
const firstPauseMilliseconds = 4000;
const longestPauseMilliseconds = 60_000;

/** Whether the reader's backend is to be detached or attached. The writer's never is. */
export function decideOnReader(before: ReaderState, seen: Observation): { state: ReaderState; actions: Action[] } {
  const answers = seen.readerEndpoint.map((address) => seen.servers.get(address));
  const isBad = answers.some((answer) => answer?.kind === "silent");
  const isGood = answers.length > 0 && answers.every((answer) => answer?.kind === "answers");
  const bad = isBad ? before.bad + 1 : 0;
  const isDown = seen.readerBackend === "down";
  // Whoever detached it has had a reason: what the servers said before does not count.
  const good = isGood ? (isDown && !before.wasDown ? 1 : before.good + 1) : 0;
  const state = { ...before, ...pauseAfterRelapse(before, seen), bad, good, wasDown: isDown };
  if (seen.readerBackend === "up" && bad >= needed && writerAnswers(seen)) {
    return { state: { ...state, attachedAt: undefined }, actions: [{ kind: "detach" }] };
  }
  if (isDown && good >= needed && seen.at >= state.notBefore) {
    return {
      state: { ...state, attachedAt: seen.at, notBefore: seen.at + settleMilliseconds },
      actions: [{ kind: "attach" }],
    };
  }
  return { state, actions: [] };
}

/** Without the writer it may be this node that is cut off; and sessions would have nowhere to go. */
const writerAnswers = ({ writerEndpoint, servers }: Observation): boolean =>
  writerEndpoint.some((address) => isAnswer(servers.get(address)));

const isAnswer = (answer: Answer | undefined): boolean => answer?.kind === "answers";

function pauseAfterRelapse(before: ReaderState, { at, readerBackend }: Observation): Partial<ReaderState> {
  if (before.attachedAt === undefined) return {};
  const since = at - before.attachedAt;
  if (since > soonMilliseconds) return { attachedAt: undefined, pauseMilliseconds: 0 };
  if (readerBackend !== "down" || since < settleMilliseconds) return {};
  const doubled = Math.max(firstPauseMilliseconds, before.pauseMilliseconds * 2);
  const pauseMilliseconds = Math.min(doubled, longestPauseMilliseconds);
  return { attachedAt: undefined, pauseMilliseconds, notBefore: at + pauseMilliseconds };
}
