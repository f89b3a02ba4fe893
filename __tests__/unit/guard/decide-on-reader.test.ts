import { good, live, times } from "./observe";

const silent = { servers: { A: "w", B: "-" } } as const;
const kinds = (seconds: Parameters<typeof live>[0]): string[] =>
  live(seconds).map((actions) => actions.flatMap(({ kind }) => (kind === "cut" ? [] : kind)).join("+"));

test("does nothing while everything is good", () => {
  expect(kinds(times(5, good))).toEqual(["", "", "", "", ""]);
});

test("detaches a reader that is silent twice, not once", () => {
  expect(kinds([silent, good, silent, silent])).toEqual(["", "", "", "detach"]);
});

test("attaches it again when it has been good twice in a row", () => {
  const down = { ...good, backend: "down" } as const;
  const still = { ...silent, backend: "down" } as const;
  expect(kinds([silent, silent, still, down, still, down, down])).toEqual(["", "detach", "", "", "", "", "attach"]);
});

test("attaches a reader that Pgpool-II itself has detached, also when the guard has just started", () => {
  expect(kinds(times(2, { backend: "down" }))).toEqual(["", "attach"]);
});

test.each([
  ["the writer is silent too, so that it may be this node that is cut off", { servers: { A: "-", B: "-" } }],
  ["the writer's endpoint leads nowhere", { writer: [], servers: { B: "-" } }],
  ["it is the guard who is not let in", { servers: { A: "w", B: "?" } }],
  ["the readers' endpoint leads nowhere", { reader: [], servers: { A: "w" } }],
  ["Pgpool-II does not answer", { ...silent, backend: "unknown" }],
] as const)("detaches nothing when %s", (_, second) => {
  expect(kinds(times(5, second))).toEqual(["", "", "", "", ""]);
});

test("does not attach what it is not let in to", () => {
  expect(kinds(times(3, { servers: { A: "w", B: "?" }, backend: "down" }))).toEqual(["", "", ""]);
});

test("never detaches the writer, whatever the endpoints and servers say", () => {
  const words = ["w", "r", "-", "?"] as const;
  for (const A of words) {
    for (const B of words) {
      for (const [writer, reader] of [
        [["A"], ["B"]],
        [["A"], ["A"]],
        [["B"], ["A", "B"]],
      ] as const) {
        const actions = live(times(4, { writer, reader, servers: { A, B } })).flat();
        // The only detach that there is names no node: it is the reader's backend, and the writer has to answer.
        const detaches = actions.some(({ kind }) => kind === "detach");
        const writerWord = { A, B }[writer[0]];
        if (detaches) expect(["w", "r"]).toContain(writerWord);
      }
    }
  }
});

test("goes by the worst of several readers, since Pgpool-II may have chosen any", () => {
  const two = { reader: ["B", "C"], servers: { A: "w", B: "r", C: "-" } } as const;
  expect(kinds([two, two])).toEqual(["", "detach"]);
});

test("leaves a backend alone for longer and longer that is detached again as soon as it is attached", () => {
  const down = { backend: "down" } as const;
  const done = kinds(times(40, down));
  const attached = done.flatMap((kind, second) => (kind === "attach" ? [second] : []));
  const pauses = attached.slice(1).map((second, index) => second - (attached[index] ?? 0));
  expect(pauses.length).toBeGreaterThanOrEqual(2);
  for (const [index, pause] of pauses.slice(1).entries()) expect(pause).toBeGreaterThan(pauses[index] ?? 0);
});
