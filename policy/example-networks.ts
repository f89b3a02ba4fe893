import type { EnvironmentInput } from "../config/schema/environment";

type InputOf<K extends string> = Extract<EnvironmentInput["network"], { kind: K }>;

/** A small new network; spread it to change one setting of it. */
export const newNetwork = {
  kind: "new",
  cidr: "10.0.0.0/16",
  zones: ["eu-west-1a", "eu-west-1b"],
  nat: "single",
} satisfies InputOf<"new">;

/** A VPC that exists already, with a public tier; spread it to change one setting of it. */
export const existingNetwork = {
  kind: "existing",
  vpcId: "vpc-0a1b2c3d",
  privateSubnetIds: ["subnet-0000000a", "subnet-0000000b"],
  isolatedSubnetIds: ["subnet-0000001a", "subnet-0000001b"],
  publicSubnetIds: ["subnet-0000002a", "subnet-0000002b"],
  egress: { kind: "internet" },
} satisfies InputOf<"existing">;
