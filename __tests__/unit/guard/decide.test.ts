import { decide, initialState } from "../../../agent/guard/decide";
import { good, live, observation, settledState, settled, times } from "./observe";

const stale = { kind: "end-stale", address: "A" };
const failedOver = { writer: ["B"], reader: ["A"], servers: { A: "r", B: "w" } } as const;

test("ends connections to the old writer from the moment at which the endpoint leads to the new one", () => {
  const lagging = { writer: ["A"], reader: ["A"], servers: { A: "r", B: "w" } } as const;
  expect(live([lagging, lagging, failedOver])).toEqual([[], [], [stale]]);
});

test("goes on for a minute, for sessions that resolved the name before it changed, and then stops", () => {
  const actions = live(times(90, failedOver));
  const seconds = actions.flatMap((all, second) => (all.length > 0 ? [second] : []));
  expect(actions[0]).toEqual([stale]);
  expect(seconds).toEqual(Array.from({ length: 60 }, (_, second) => second));
});

test("changes nothing while the new writer is not known", () => {
  expect(live(times(5, { writer: ["A"], reader: ["B"], servers: { A: "-", B: "r" } })).flat()).toEqual([]);
  expect(live(times(5, { writer: [], reader: [], servers: { A: "-", B: "-" } })).flat()).toEqual([]);
});

test("cuts connections to an old writer that is silent and that no endpoint names any more", () => {
  const dead = { writer: ["B"], reader: ["C"], servers: { A: "-", B: "w", C: "r" } } as const;
  expect(live([dead, dead])).toEqual([[], [{ kind: "cut", address: "A", which: "all" }]]);
});

test("cuts connections to a reader that was removed and is silent, and leaves one that still answers", () => {
  const removed = { reader: ["C"], servers: { A: "w", B: "-", C: "r" } } as const;
  expect(live([removed, removed])).toEqual([[], [{ kind: "cut", address: "B", which: "all" }]]);
  expect(live(times(3, { reader: ["C"], servers: { A: "w", B: "r", C: "r" } })).flat()).toEqual([]);
});

test("cuts connections to a silent reader when its backend is detached and after that, not before", () => {
  const silent = { servers: { A: "w", B: "-" } } as const;
  const cut = { kind: "cut", address: "B", which: "all" };
  expect(live([silent, silent, { ...silent, backend: "down" }])).toEqual([
    [],
    [{ kind: "detach", backend: 1 }, cut],
    [cut],
  ]);
  expect(live(times(3, { ...silent, backend: "unknown" })).flat()).toEqual([]);
});

test("leaves the old writer alone when it is the writer again", () => {
  expect(live([failedOver, good, good])).toEqual([
    [stale],
    [{ kind: "end-stale", address: "B" }],
    [{ kind: "end-stale", address: "B" }],
  ]);
});

test("looks at every reader when it has just started, since a role may have moved while it did not run", () => {
  const { actions } = decide(initialState, observation(failedOver, 0));
  expect(actions).toEqual([stale]);
  const later = decide(settledState(), observation(good, settled + 1000));
  expect(later.actions).toEqual([]);
});

test("counts changes of the writer, not seconds of silence", () => {
  let state = settledState();
  const silent = { servers: { A: "-", B: "r" } } as const;
  for (const [second, seen] of [silent, silent, good, failedOver, failedOver].entries()) {
    state = decide(state, observation(seen, settled + second * 1000)).state;
  }
  expect(state.roleChanges).toBe(1);
  expect(state.writer).toBe("B");
});
