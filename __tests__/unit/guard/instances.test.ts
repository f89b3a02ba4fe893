import { withoutAnswer } from "../../../agent/guard/end-connections";
import { decide, type GuardState, initialState } from "../../../agent/guard/decide";
import type { Action, Answer, Observation } from "../../../agent/guard/observation";
import { backendOfInstance } from "../../../agent/guard/reader-backends";

const writer: Answer = { kind: "answers", role: "writer" };
const reader: Answer = { kind: "answers", role: "reader" };
const silent: Answer = { kind: "silent", why: "no answer" };
const unclear: Answer = { kind: "unclear", why: "wrong password" };

interface Second {
  /** What the servers A, B and C say; backends 1, 2 and 3 lead to them. */
  readonly servers: Readonly<Record<"A" | "B" | "C", Answer>>;
  readonly states?: Readonly<Record<"A" | "B" | "C", "up" | "down" | "unknown">>;
  readonly members?: readonly string[];
  readonly writerEndpoint?: string;
}

const names = ["A", "B", "C"] as const;
const good: Required<Second> = {
  servers: { A: writer, B: reader, C: reader },
  states: { A: "down", B: "up", C: "up" },
  members: names,
  writerEndpoint: "A",
};

function observation(second: Second, at: number): Observation {
  const { servers, states, members, writerEndpoint } = { ...good, ...second };
  const answers = new Map<string, Answer>(Object.entries(servers));
  const backends = names.map((name, index) =>
    backendOfInstance(answers, {
      slot: { backend: index + 1, host: name },
      addresses: [name],
      isMember: members.includes(name),
      state: states[name],
    }),
  );
  return { at, writerEndpoint: [writerEndpoint], readerEndpoint: [], servers: answers, backends };
}

/** What the guard does in each second, after a while in which everything was good. */
function live(...seconds: readonly Second[]): Action[][] {
  let state: GuardState = decide(initialState, observation(good, 0)).state;
  state = decide(state, observation(good, 100_000)).state;
  return seconds.map((second, index) => {
    const decided = decide(state, observation(second, 101_000 + index * 1000));
    state = decided.state;
    return decided.actions;
  });
}

const detach = (backend: number) => ({ kind: "detach", backend });

test("leaves everything as it is while the writer's own backend is detached and those of readers are not", () => {
  expect(live(good, good, good)).toEqual([[], [], []]);
});

test("detaches the one reader that is silent, and cuts only who is waiting for its first word", () => {
  const frozen = { servers: { ...good.servers, B: silent } };
  const cut = { kind: "cut", address: "B", which: "connecting" };
  expect(live(frozen, frozen)).toEqual([[], [detach(2), cut]]);
});

test("detaches a reader that the cluster has no longer, though it answers", () => {
  expect(live({ ...good, members: ["A", "B"] }, { ...good, members: ["A", "B"] })).toEqual([[], [detach(3)]]);
});

test("detaches a promoted reader and attaches the old writer, whose writer's connections are ended", () => {
  const promoted = { servers: { A: reader, B: writer, C: reader }, writerEndpoint: "B" };
  const stale = { kind: "end-stale", address: "A" };
  expect(live(promoted, promoted)).toEqual([[stale], [{ kind: "attach", backend: 1 }, detach(2), stale]]);
});

test("cuts every connection to an old writer that is silent: sessions cannot do without", () => {
  const lost = { servers: { A: silent, B: writer, C: reader }, writerEndpoint: "B" };
  const actions = live(lost, lost).flat();
  expect(actions).toContainEqual({ kind: "cut", address: "A", which: "all" });
});

test.each([
  ["nobody lets the guard in", { servers: { A: writer, B: unclear, C: unclear } }],
  ["the writer is silent too", { servers: { A: silent, B: silent, C: silent } }],
  ["Pgpool-II has not loaded them yet", { ...good, states: { A: "unknown", B: "unknown", C: "unknown" } }],
] as const)("changes nothing when %s", (_, second) => {
  expect(live(second, second, second, second).flat()).toEqual([]);
});

test("knows from ss which connections nothing has ever come on", () => {
  const line = (port: number, received: string): string =>
    `ESTAB 0 0 10.0.0.5:${port} 10.0.1.7:5432 cubic wscale:7,7 rto:204 bytes_sent:8${received} segs_out:3`;
  expect(withoutAnswer([line(40001, ""), line(40002, " bytes_received:1204"), line(40003, "")])).toEqual([
    "40001",
    "40003",
  ]);
});
