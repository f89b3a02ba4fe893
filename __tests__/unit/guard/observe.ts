import { decide, type GuardState, initialState } from "../../../agent/guard/decide";
import { backendOfEndpoint } from "../../../agent/guard/reader-backends";
import type { Action, Answer, Observation } from "../../../agent/guard/observation";

/** Short words for answers. */
const answers: Readonly<Record<"w" | "r" | "-" | "?", Answer>> = {
  w: { kind: "answers", role: "writer" },
  r: { kind: "answers", role: "reader" },
  "-": { kind: "silent", why: "no answer" },
  "?": { kind: "unclear", why: "wrong password" },
};

export interface Second {
  readonly writer?: readonly string[];
  readonly reader?: readonly string[];
  /** What each server says. */
  readonly servers?: Readonly<Record<string, keyof typeof answers>>;
  readonly backend?: "up" | "down" | "unknown";
}

/** Time after which a guard is no longer new. */
export const settled = 100_000;

/** Servers A (writer) and B (reader), as an endpoint of each says. */
export const good: Required<Second> = {
  writer: ["A"],
  reader: ["B"],
  servers: { A: "w", B: "r" },
  backend: "up",
};

export const observation = (second: Second, at: number): Observation => {
  const { writer, reader, servers, backend } = { ...good, ...second };
  const looked = {
    readerEndpoint: reader,
    servers: new Map(Object.entries(servers).map(([address, word]) => [address, answers[word]])),
  };
  return { at, writerEndpoint: writer, ...looked, backends: [backendOfEndpoint(looked, backend)] };
};

/** A guard that has run for a while with everything good. */
export const settledState = (): GuardState => {
  const { state } = decide(initialState, observation(good, 0));
  return decide(state, observation(good, settled)).state;
};

/** Lets seconds pass, one after the other, and tells what the guard does in each. */
export function live(seconds: readonly Second[], state = settledState(), start = settled): Action[][] {
  let now = state;
  return seconds.map((second, index) => {
    const decided = decide(now, observation(second, start + (index + 1) * 1000));
    now = decided.state;
    return decided.actions;
  });
}

export const times = (count: number, second: Second): Second[] => Array.from({ length: count }, () => second);
