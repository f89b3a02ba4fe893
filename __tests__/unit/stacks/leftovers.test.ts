import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeLeftovers } from "../../../stacks/leftovers";
import { environmentWith } from "../../support/environments";

const inS3 = environmentWith({ state: { kind: "s3", bucket: "state-bucket", region: "eu-west-1" } });
const onThisMachine = environmentWith({ state: { kind: "local" } });

let folder: string;
let note: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pgpool-aurora-"));
  mkdirSync(join(folder, "pgpool/.terraform"), { recursive: true });
  note = join(folder, "pgpool/.terraform/terraform.tfstate");
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** As `terraform init` notes a backend. */
const initialized = (type: string, config: object): void => {
  writeFileSync(note, JSON.stringify({ version: 3, backend: { type, config } }));
};

test("a stack that the environment lacks is removed", () => {
  mkdirSync(join(folder, "network"));
  removeLeftovers(folder, inS3, ["database", "pgpool"]);
  expect(readdirSync(folder)).toEqual(["pgpool"]);
});

test.each([
  ["another environment in the same bucket", "s3", { bucket: "state-bucket", key: "other/pgpool.tfstate" }],
  ["an environment whose name ends in the same way", "s3", { bucket: "state-bucket", key: "my-test/pgpool.tfstate" }],
  ["an environment with local state", "local", { path: "../../../state/other/pgpool.tfstate" }],
])("the backend of %s is forgotten, so that no state is offered for migration", (_, type, config) => {
  initialized(type, config);
  removeLeftovers(folder, inS3, ["pgpool"]);
  expect(existsSync(note)).toBe(false);
});

test.each([
  ["in the same place", inS3, "s3", { bucket: "state-bucket", key: "test/pgpool.tfstate" }],
  ["in another bucket", inS3, "s3", { bucket: "old-bucket", key: "test/pgpool.tfstate" }],
  ["on this machine until now", inS3, "local", { path: "../../../state/test/pgpool.tfstate" }],
  ["on this machine", onThisMachine, "local", { path: "../../../state/test/pgpool.tfstate" }],
])(
  "the environment's own backend %s stays noted: Terraform offers to move its state",
  (_, environment, type, config) => {
    initialized(type, config);
    removeLeftovers(folder, environment, ["pgpool"]);
    expect(existsSync(note)).toBe(true);
  },
);
