import { stackNames, stateLocation } from "../../../config/state";
import { environmentWith } from "../../support/environments";

const bucket = { kind: "s3", bucket: "team-state", region: "eu-central-1" } as const;
const kmsKeyArn = "arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d-0000-4000-8000-000000000000";

test("names the stacks in the order of their deployment", () => {
  expect(stackNames).toEqual(["network", "database", "pgpool", "pipeline"]);
});

test("keeps local state outside of the output folder, by a path that is the same on every machine", () => {
  expect(stateLocation(environmentWith(), "database")).toEqual({
    kind: "local",
    path: "../../../state/test/database.tfstate",
  });
});

test("keeps each stack's state under its own key of the bucket, in the bucket's region", () => {
  const keys = stackNames.map((stack) => stateLocation(environmentWith({ state: bucket }), stack));
  expect(keys).toEqual(
    ["network", "database", "pgpool", "pipeline"]
      .map((stack) => `test/${stack}.tfstate`)
      .map((key) => ({ ...bucket, key })),
  );
});

test("names the key only if there is one", () => {
  const withKey = environmentWith({ state: { ...bucket, kmsKeyArn } });
  expect(stateLocation(withKey, "network")).toMatchObject({ kmsKeyId: kmsKeyArn });
  expect(stateLocation(environmentWith({ state: bucket }), "network")).not.toHaveProperty("kmsKeyId");
});
