import type { Environment } from "./schema/environment";

/** Names of the stacks, in the order of deployment; an environment need not have all. */
export const stackNames = ["network", "database", "pgpool", "pipeline"] as const;
export type StackName = (typeof stackNames)[number];

/** Where one stack's state is kept, in the words of Terraform's backends. */
export type StateLocation =
  | { readonly kind: "local"; readonly path: string }
  | {
      readonly kind: "s3";
      readonly bucket: string;
      readonly key: string;
      readonly region: string;
      readonly kmsKeyId?: string;
    };

/** The only place that knows where the state of a stack is kept: backends and remote-state reads both ask it. */
export function stateLocation({ name, state }: Environment, stack: StackName): StateLocation {
  // Terraform runs in cdktf.out/stacks/<stack>; a relative path keeps the output the same on every machine.
  if (state.kind === "local") return { kind: "local", path: `../../../state/${name}/${stack}.tfstate` };
  const { bucket, region, kmsKeyArn } = state;
  const key = `${name}/${stack}.tfstate`;
  return { kind: "s3", bucket, key, region, ...(kmsKeyArn === undefined ? {} : { kmsKeyId: kmsKeyArn }) };
}

/** Where a bucket of states keeps plan files until their approval; no environment can have that name. */
export const plansFolder = "_plans/";

/** The part of it that is one environment's. */
export const planFolder = (environment: string): string => `${plansFolder}${environment}/`;
