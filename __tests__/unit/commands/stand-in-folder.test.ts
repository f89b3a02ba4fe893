import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeStandInFolder, type StandInPlan } from "../../../commands/stand-in-folder";
import type { EnvironmentInput } from "../../../config/schema/environment";
import { temporaryFolder } from "../../support/commands";
import { environmentWith } from "../../support/environments";

const folder = temporaryFolder();
afterAll(folder.remove);

const stacks = join(folder.path, "out/stacks");
const s3 = { kind: "s3", bucket: "states", region: "eu-west-1" } as const;
let count = 0;

/** The override of a copy of the pgpool stack, and the copy. */
function copied(state: EnvironmentInput["state"], changes: Partial<StandInPlan>) {
  const from = join(stacks, "pgpool");
  mkdirSync(from, { recursive: true });
  writeFileSync(join(from, "cdk.tf.json"), "{}");
  const into = makeStandInFolder(
    {
      environment: environmentWith({ state }),
      stack: "pgpool",
      folder: from,
      hasState: false,
      producers: ["network", "database"],
      missing: ["database"],
      ...changes,
    },
    join(folder.path, `copy-${++count}`),
  );
  return { into, override: JSON.parse(readFileSync(join(into, "plan_override.tf.json"), "utf8")) as unknown };
}

test("without a state of its own, a copy cannot reach the real one; a producer that is there stays", () => {
  const { into, override } = copied(s3, {});
  expect(override).toEqual({
    data: {
      terraform_remote_state: {
        "database-state": { backend: "local", config: { path: join(into, "database.tfstate") } },
      },
    },
    terraform: { backend: { local: { path: join(into, "own.tfstate") } } },
  });
  expect(existsSync(join(into, "network.tfstate"))).toBe(false);
});

test("with a state of its own, it is planned against that one", () => {
  expect(copied(s3, { hasState: true }).override).not.toHaveProperty("terraform");
});

test("states on this machine are found from the copy too", () => {
  const state = (stack: string) => join(folder.path, `state/test/${stack}.tfstate`);
  expect(copied({ kind: "local" }, { hasState: true }).override).toMatchObject({
    data: { terraform_remote_state: { "network-state": { config: { path: state("network") } } } },
    terraform: { backend: { local: { path: state("pgpool") } } },
  });
});

test("a stand-in's state holds outputs only, with the types that Terraform gives them", () => {
  const { into } = copied(s3, { missing: ["network", "database"] });
  const { outputs, resources } = JSON.parse(readFileSync(join(into, "network.tfstate"), "utf8")) as Record<
    string,
    unknown
  >;
  expect(resources).toEqual([]);
  expect(outputs).toMatchObject({
    vpc_id: { value: "vpc-00000000000000001", type: "string" },
    private_subnet_ids: { type: ["tuple", ["string", "string"]] },
  });
});
