import type { StackName } from "../../../config/state";
import type { Block } from "../../../policy/terraform-json";
import { nested } from "../../../policy/blocks";
import { type Case, cases } from "./subjects";

/** A read of another stack's state, by its logical id such as `network-state`. */
interface Read {
  readonly label: string;
  readonly one: Case;
  readonly producer: StackName;
  readonly state: Block;
}

const readersOf = { network: ["database", "pgpool"], database: ["pgpool"] } as const;

const reads: readonly Read[] = cases.flatMap((one) =>
  (["database", "pgpool"] as const).flatMap((consumer) =>
    Object.entries(one.stacks[consumer].json.data?.terraform_remote_state ?? {}).map(([id, state]) => ({
      label: `${one.name}: ${consumer} reads ${id}`,
      one,
      producer: id.replace(/-state$/, "") as StackName,
      state,
    })),
  ),
);

test.each(reads)("$label, where its producer keeps it", ({ one, producer, state }) => {
  const backends = one.stacks[producer]?.json.terraform?.backend ?? {};
  const kind = String(state.backend);
  expect(Object.keys(backends)).toEqual([kind]);
  expect(backends[kind]).toMatchObject(nested(state, "config")[0] ?? {});
});

test.each(reads)("$label, and only what is published there", ({ one, producer }) => {
  const published = Object.keys(one.stacks[producer]?.outputs ?? {});
  const wanted = readersOf[producer as keyof typeof readersOf].flatMap((consumer) => {
    const found = one.stacks[consumer].text.matchAll(/terraform_remote_state\.([\w-]+)\.outputs\.(\w+)/g);
    return [...found].filter(([, id]) => id === `${producer}-state`).map(([, , output]) => output);
  });
  expect(wanted).not.toEqual([]);
  expect(published).toEqual(expect.arrayContaining(wanted));
});

test.each(cases)("$name: the fleet reads the database, and the network where there is a stack of it", (one) => {
  const ids = Object.keys(one.stacks.pgpool.json.data?.terraform_remote_state ?? {}).sort();
  expect(ids).toEqual(one.stacks.network === undefined ? ["database-state"] : ["database-state", "network-state"]);
});
