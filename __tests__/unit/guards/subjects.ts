import { environments } from "../../../config/environments/index";
import { loadEnvironment } from "../../../config/load-environment";
import { endpointServices } from "../../../config/schema/network";
import type { Environment, EnvironmentInput } from "../../../config/schema/environment";
import { stackNames } from "../../../config/state";
import { environmentWith, existingNetwork, newNetwork } from "../../support/environments";
import { stacksOf, type Stacks } from "../../support/stacks";
import type { Subject } from "../../../policy/guard";

/** An environment and its stacks, which are synthesized when somebody asks for them first. */
export class Case {
  private synthesized?: Stacks;

  constructor(
    readonly name: string,
    readonly environment: Environment,
  ) {}

  get stacks(): Stacks {
    return (this.synthesized ??= stacksOf(this.environment));
  }

  /** Its stacks, in the order of deployment. */
  get subjects(): readonly Subject[] {
    const { environment, stacks } = this;
    return stackNames.flatMap((stack) => {
      const json = stacks[stack]?.json;
      return json === undefined ? [] : [{ environment, stack, json }];
    });
  }
}

const without = (region: string, ...zones: string[]): EnvironmentInput["network"] => ({
  ...newNetwork,
  zones: zones.map((zone) => `${region}${zone}`),
  nat: "none",
  interfaceEndpoints: [...endpointServices],
});
const shared = (region: string) => ({ kind: "s3", bucket: "state", region }) as const;
const clients = {
  exposure: { kind: "private", allowedCidrs: ["10.1.0.0/16"], clientSecurityGroupIds: ["sg-0a1b2c3d"] },
} satisfies EnvironmentInput["pgpool"];

/** What the environments of the project do not choose: each of these is a shape that a user may give to his own. */
const variants = {
  public: { pgpool: { exposure: { kind: "public", allowedCidrs: ["198.51.100.0/24"] } } },
  world: { pgpool: { exposure: { kind: "world" } } },
  "existing VPC, endpoints only": {
    network: {
      ...existingNetwork,
      egress: { kind: "endpoints", securityGroupId: "sg-0e4d9017", s3PrefixListId: "pl-6da54004" },
    },
    pgpool: clients,
  },
  bare: {
    network: { ...newNetwork, flowLogs: false },
    database: { replicaCount: 0, performanceInsights: "off", enhancedMonitoring: "off" },
  },
  "deployed by workflows": {
    accountId: "111122223333",
    state: {
      ...shared("eu-west-1"),
      kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-0000-4000-8000-000000000000",
    },
    database: { awsBackup: { copyTo: { region: "eu-central-1" } } },
    pgpool: { dns: { zoneId: "Z0123456789ABCDEFGHIJ", name: "db.example.com" } },
    image: { kind: "parameter", name: "/pgpool-aurora/image/x86_64" },
    pipeline: { kind: "github", repository: "owner/name", oidcProvider: "new" },
  },
  China: {
    region: "cn-north-1",
    pipeline: { kind: "github", repository: "owner/name" },
    state: shared("cn-north-1"),
    network: without("cn-north-1", "a", "b"),
    database: { awsBackup: { copyTo: { region: "cn-northwest-1" } } },
  },
  GovCloud: {
    region: "us-gov-west-1",
    state: shared("us-gov-west-1"),
    network: without("us-gov-west-1", "a", "b"),
    database: { awsBackup: { copyTo: { region: "us-gov-east-1" } } },
  },
} satisfies Readonly<Record<string, Partial<EnvironmentInput>>>;

/** The environments of the project. */
export const projectCases: readonly Case[] = Object.keys(environments).map(
  (name) => new Case(name, loadEnvironment(name)),
);

/** The environments of the project, and the shapes that they do not choose. */
export const cases: readonly Case[] = [
  ...projectCases,
  ...Object.entries(variants).map(([name, changes]) => new Case(name, environmentWith(changes))),
];

/** The case of that name. */
export function caseOf(name: string): Case {
  const found = cases.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no case is called ${name}`);
  return found;
}
