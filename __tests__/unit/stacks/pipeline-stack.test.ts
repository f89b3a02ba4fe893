import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { EnvironmentInput } from "../../../config/schema/environment";
import { environmentWith } from "../../support/environments";
import { stacksOf } from "../../support/stacks";
import type { Synthesized } from "../../support/synthesized";

const account = "111122223333";
const kmsKeyArn = `arn:aws:kms:eu-central-1:${account}:key/0a1b2c3d-0000-4000-8000-000000000000`;
const pipeline = { kind: "github", repository: "owner/name" } as const;
const state = { kind: "s3", bucket: "team-state", region: "eu-central-1", kmsKeyArn } as const;
const database = { awsBackup: { copyTo: { region: "eu-central-1" } } } as const;

const stacksWith = (changes: Partial<EnvironmentInput> = {}) =>
  stacksOf(environmentWith({ accountId: account, state, pipeline, ...changes }));

function pipelineWith(changes: Partial<EnvironmentInput> = {}): Synthesized {
  const { pipeline: found } = stacksWith(changes);
  if (found === undefined) throw new Error("there is no pipeline stack");
  return found;
}

interface Statement {
  readonly sid: string;
  readonly effect?: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition?: readonly { readonly variable: string; readonly values: readonly string[] }[];
}

const statementsOf = (stack: Synthesized, document: string): readonly Statement[] =>
  (stack.onlyData(DataAwsIamPolicyDocument, document) as { readonly statement: readonly Statement[] }).statement;

/** What a role is allowed by a statement of that name. */
function statement(stack: Synthesized, role: string, sid: string): Statement {
  const found = statementsOf(stack, `github_${role}_policy`).find((one) => one.sid === sid);
  if (found === undefined) throw new Error(`${role} has no statement ${sid}`);
  return found;
}

const allowedActions = (stack: Synthesized, role: string): readonly string[] =>
  statementsOf(stack, `github_${role}_policy`)
    .filter(({ effect }) => effect !== "Deny")
    .flatMap(({ actions }) => actions);

const roles = ["plan", "propose", "deploy"] as const;
const stack = pipelineWith({ database });

test("without a pipeline there is no fourth stack, and with one the three are the same", () => {
  const without = stacksWith({ pipeline: { kind: "none" } });
  const others = stacksWith();
  expect(without.pipeline).toBeUndefined();
  for (const name of ["network", "database", "pgpool"] as const) expect(others[name]?.text).toBe(without[name]?.text);
});

describe("who may have a role", () => {
  test.each([
    ["plan", "repo:owner/name:pull_request"],
    ["propose", "repo:owner/name:ref:refs/heads/main"],
    ["deploy", "repo:owner/name:environment:test"],
  ])("%s: %s, and nobody else", (role, subject) => {
    const [trust] = statementsOf(stack, `github_${role}_trust`) as readonly object[];
    expect(trust).toMatchObject({
      actions: ["sts:AssumeRoleWithWebIdentity"],
      principals: [
        {
          type: "Federated",
          identifiers: [`arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`],
        },
      ],
      condition: [
        { test: "StringEquals", variable: "token.actions.githubusercontent.com:aud", values: ["sts.amazonaws.com"] },
        { test: "StringEquals", variable: "token.actions.githubusercontent.com:sub", values: [subject] },
      ],
    });
  });

  test("the branch is the configured one", () => {
    const other = pipelineWith({ pipeline: { ...pipeline, branch: "release/1" } });
    expect(JSON.stringify(statementsOf(other, "github_propose_trust"))).toContain("ref:refs/heads/release/1");
  });

  test("the provider is the account's, or one of the stack's own", () => {
    expect(stack.all(IamOpenidConnectProvider)).toEqual([]);
    const own = pipelineWith({ pipeline: { ...pipeline, oidcProvider: "new" } });
    expect(own.only(IamOpenidConnectProvider)).toMatchObject({
      url: "https://token.actions.githubusercontent.com",
      client_id_list: ["sts.amazonaws.com"],
    });
  });

  test("in China tokens are for China's STS", () => {
    const china = pipelineWith({
      region: "cn-north-1",
      network: { kind: "new", cidr: "10.0.0.0/16", zones: ["cn-north-1a", "cn-north-1b"], nat: "single" },
      state: { kind: "s3", bucket: "team-state", region: "cn-north-1" },
    });
    expect(china.text).toContain('"sts.amazonaws.com.cn"');
    expect(china.text).toContain("arn:aws-cn:s3:::team-state/test/*.tfstate");
  });
});

describe("a role that plans", () => {
  test.each(["plan", "propose"])("%s only describes, lists and gets, and keeps no secret's value", (role) => {
    const others = allowedActions(stack, role).filter((action) => !/^[\w-]+:(Describe|List|Get)\w+$/.test(action));
    expect(others).toEqual(role === "plan" ? ["kms:Decrypt"] : ["kms:Decrypt", "s3:PutObject", "kms:GenerateDataKey"]);
    expect(allowedActions(stack, role)).not.toContain("secretsmanager:GetSecretValue");
  });

  test.each(roles)("%s can never read a secret", (role) => {
    expect(statement(stack, role, "NeverReadSecrets")).toMatchObject({
      effect: "Deny",
      actions: expect.arrayContaining(["secretsmanager:GetSecretValue"]) as unknown,
      resources: ["*"],
    });
  });

  test("reads objects of no other bucket, and nothing in another region", () => {
    expect(statement(stack, "plan", "ReadStates").resources).toEqual(["arn:aws:s3:::team-state/test/*.tfstate"]);
    expect(allowedActions(stack, "plan").filter((action) => action === "s3:GetObject")).toHaveLength(1);
    expect(statement(stack, "plan", "Read").condition).toMatchObject([
      { variable: "aws:RequestedRegion", values: ["eu-west-1", "eu-central-1"] },
    ]);
  });

  test("writes nothing for a pull request, and plan files only for the branch", () => {
    expect(statement(stack, "plan", "NeverWriteStates").resources).toEqual(["arn:aws:s3:::team-state/*"]);
    expect(statement(stack, "propose", "KeepPlans").resources).toEqual(["arn:aws:s3:::team-state/_plans/test/*"]);
    expect(statement(stack, "propose", "NeverWriteStates").resources).toEqual([
      "arn:aws:s3:::team-state/test/*.tfstate",
    ]);
  });

  test("decrypts with the state's key only, through S3 of the bucket's region", () => {
    expect(statement(stack, "plan", "DecryptStates")).toMatchObject({
      resources: [kmsKeyArn],
      condition: [{ variable: "kms:ViaService", values: ["s3.eu-central-1.amazonaws.com"] }],
    });
    const plain = pipelineWith({ state: { kind: "s3", bucket: "team-state", region: "eu-central-1" } });
    expect(allowedActions(plain, "plan").filter((action) => action === "kms:Decrypt")).toEqual([]);
  });

  test("reads the image's parameter and the hosted zone where there are some", () => {
    expect(() => statement(stack, "plan", "ReadImage")).toThrow("no statement");
    const more = pipelineWith({
      image: { kind: "parameter", name: "/images/x" },
      pgpool: { dns: { zoneId: "Z0123456789ABCDEFGHIJ", name: "db.example.com" } },
    });
    expect(statement(more, "plan", "ReadImage").resources).toEqual([
      `arn:aws:ssm:eu-west-1:${account}:parameter/images/x`,
    ]);
    expect(statement(more, "plan", "ReadZone").resources).toEqual([
      "arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ",
    ]);
    expect(statement(more, "deploy", "AwaitZone").resources).toEqual(["arn:aws:route53:::change/*"]);
  });
});

describe("the role that deploys", () => {
  const own = roles.map((role) => `arn:aws:iam::${account}:role/test-pgpool-${role}`);

  test("changes no rights but those of the stacks' own roles", () => {
    const changes = statementsOf(stack, "github_deploy_policy").filter(
      ({ effect, actions }) => effect !== "Deny" && actions.some((action) => /^iam:(?!Get|List)/.test(action)),
    );
    const names = changes.flatMap(({ resources }) => resources).filter((arn) => !arn.includes("aws-service-role"));
    expect([...new Set(names)].sort()).toEqual(
      [
        "instance-profile/test-pgpool",
        ...["backup", "flow-logs", "monitoring", "node"].map((part) => `role/test-pgpool-${part}`),
      ].map((name) => `arn:aws:iam::${account}:${name}`),
    );
  });

  test("knows every role that the stacks make", () => {
    const { network, database: aurora, pgpool } = stacksWith({ database });
    const all = [network, aurora, pgpool].flatMap((one) =>
      (one?.all(IamRole) ?? []).map(({ name }) => `arn:aws:iam::${account}:role/${String(name)}`),
    );
    expect(all).toHaveLength(4);
    expect(statement(stack, "deploy", "ChangeRoles").resources).toEqual(expect.arrayContaining(all));
  });

  test("never changes itself, who may have it, or the state of both", () => {
    expect(statement(stack, "deploy", "NeverChangeItself")).toMatchObject({
      effect: "Deny",
      actions: ["iam:*"],
      resources: [...own, `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`],
    });
    expect(statement(stack, "deploy", "NeverWriteStates").resources).toEqual([
      "arn:aws:s3:::team-state/test/pipeline.tfstate",
    ]);
  });

  test("attaches AWS's two policies only, and gives roles to the services they are for", () => {
    expect(statement(stack, "deploy", "AttachPolicies").condition).toMatchObject([
      {
        variable: "iam:PolicyARN",
        values: [/AmazonRDSEnhancedMonitoringRole$/, /ForBackup$/].map((end) => expect.stringMatching(end) as unknown),
      },
    ]);
    expect(statement(stack, "deploy", "PassRoles").condition).toMatchObject([{ variable: "iam:PassedToService" }]);
  });

  test("works in the environment's regions", () => {
    for (const sid of ["Change", "ChangeKeys", "MakeSecrets"]) {
      expect(statement(stack, "deploy", sid).condition).toMatchObject([
        { variable: "aws:RequestedRegion", values: ["eu-west-1", "eu-central-1"] },
      ]);
    }
  });

  test("decrypts nothing but through the services that keep it", () => {
    const decrypting = statementsOf(stack, "github_deploy_policy").filter(({ actions }) =>
      actions.includes("kms:Decrypt"),
    );
    expect(decrypting.map(({ condition = [] }) => condition.map(({ variable }) => variable))).toEqual([
      ["kms:ViaService"],
      ["kms:ViaService"],
    ]);
  });
});

test("a dedicated health user's secret is seen by all, changed by a deployment, and read by none", () => {
  const capacity = { kind: "provisioned", instanceClass: "db.r7g.large" } as const;
  const dedicated = pipelineWith({ database: { ...database, capacity, healthUser: { kind: "dedicated" } } });
  const resources = [`arn:aws:secretsmanager:eu-west-1:${account}:secret:test-pgpool-health-user-??????`];
  for (const role of roles) {
    expect(statement(dedicated, role, "ReadHealthSecret").resources).toEqual(resources);
    expect(allowedActions(dedicated, role)).not.toContain("secretsmanager:GetSecretValue");
    expect(() => statement(stack, role, "ReadHealthSecret")).toThrow("has no statement");
  }
  expect(statement(dedicated, "deploy", "ChangeHealthSecret").resources).toEqual(resources);
});

test("each role's policy fits into what IAM takes inline, 10,240 characters", () => {
  for (const role of roles)
    expect(JSON.stringify(statementsOf(stack, `github_${role}_policy`)).length).toBeLessThan(10_240);
});

test("one output says all that the repository has to know", () => {
  expect(String(stack.outputs.github_variable)).toMatch(/^\$\{jsonencode\(\{"region" = "eu-west-1", "audience" = "sts/);
});
