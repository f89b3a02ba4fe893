import { type Producer, readsOf, reservationsOf } from "../../../review/reservations";
import { stackNames, type StackName } from "../../../config/state";

const reads = [{ producer: "network", outputs: ["subnet_ids", "vpc_id"] }] as const;
const on = (network: Partial<Producer>) =>
  reservationsOf(
    reads,
    new Map<StackName, Producer>([["network", { applied: true, changedOutputs: [], reservations: [], ...network }]]),
  );

test("what a stack reads is read from its JSON", () => {
  const json =
    '"${data.terraform_remote_state.network-state.outputs.vpc_id}${data.terraform_remote_state.network-state.outputs.subnet_ids}"';
  expect(readsOf(json, stackNames)).toEqual(reads);
});

test("a plan from real values that stay may be applied", () => {
  expect(on({})).toEqual([]);
});

test("a producer that was never applied leaves stand-ins", () => {
  expect(on({ applied: false })).toEqual([expect.stringContaining("planned with stand-ins")]);
});

test("an output that is read and changes makes the values old; one that is not read does not", () => {
  expect(on({ changedOutputs: ["vpc_id", "other"] })).toEqual([
    "planned from old values: the plan of network changes vpc_id",
  ]);
  expect(on({ changedOutputs: ["other"] })).toEqual([]);
});

test("what a producer was itself planned from goes on to its readers", () => {
  expect(on({ reservations: ["planned from old values: …"] })).toEqual([
    expect.stringContaining("network itself is planned again"),
  ]);
});

test("producers that were never applied are told together", () => {
  const never: Producer = { applied: false, changedOutputs: [], reservations: [] };
  const both = [...reads, { producer: "database", outputs: ["key_arn"] }] as const;
  const producers = new Map<StackName, Producer>([
    ["network", never],
    ["database", { ...never, reservations: ["planned with stand-ins"] }],
  ]);
  expect(reservationsOf(both, producers)).toEqual([
    'planned with stand-ins (ids of zeros, names with "stand-in"): network and database never applied',
  ]);
});
