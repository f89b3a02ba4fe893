import type { TerraformJson } from "../terraform-json";
import { type Guard, type Subject } from "../guard";

function faults({ json, environment, stack }: Subject): readonly string[] {
  const { s3, local } = json.terraform?.backend ?? {};
  const key = `${environment.name}/${stack}.tfstate`;
  if (environment.state.kind === "local") {
    const path = String(local?.path);
    return path.endsWith(`/${key}`) ? [] : [`local state ${path} is not ${key}`];
  }
  if (s3 === undefined) return ["the state is not in S3"];
  return [
    ...(s3.bucket === environment.state.bucket && s3.key === key ? [] : [`the state is not ${key}`]),
    ...(s3.encrypt === true ? [] : ["the state is not encrypted"]),
    ...(s3.use_lockfile === true ? [] : ["the state is not locked"]),
    ...("dynamodb_table" in s3 ? ["the lock is a table, which Terraform will drop"] : []),
  ];
}

const state = { kind: "s3", bucket: "state", region: "eu-west-1" } as const;
const place = { bucket: "state", key: "test/pgpool.tfstate", region: "eu-west-1", encrypt: true, use_lockfile: true };
const backend = (backends: NonNullable<TerraformJson["terraform"]>["backend"]) => ({
  json: { terraform: { backend: backends } },
});
const s3 = (changes: object) => ({ ...backend({ s3: { ...place, ...changes } }), environment: { state } });

export const lockedState: Guard = {
  rule: "the state is where the environment says, under the stack's name, encrypted and locked in S3",
  violations: faults,
  accepts: {
    "encrypted and locked": s3({}),
    "a local file": backend({ local: { path: "../../../state/test/pgpool.tfstate" } }),
  },
  refuses: {
    "no encryption": s3({ encrypt: undefined }),
    "no lock": s3({ use_lockfile: undefined }),
    "a table as lock": s3({ dynamodb_table: "locks" }),
    "another stack's state": s3({ key: "test/network.tfstate" }),
    "another bucket": s3({ bucket: "other" }),
    "a local file where it should be shared": {
      ...backend({ local: { path: "x/test/pgpool.tfstate" } }),
      environment: { state },
    },
    "another environment's local file": backend({ local: { path: "../../../state/other/pgpool.tfstate" } }),
  },
};
