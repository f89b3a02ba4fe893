import type { EnvironmentInput } from "../schema/environment";

/** In a VPC that exists already: no network stack, `cdktf deploy database pgpool`. */
export const existingVpc = {
  region: "eu-west-1",
  owner: "database-team@example.com",
  state: { kind: "s3", bucket: "example-pgpool-aurora-state", region: "eu-west-1" },
  network: {
    kind: "existing",
    vpcId: "vpc-0a1b2c3d4e5f60718",
    privateSubnetIds: ["subnet-0a1b2c3d4e5f60711", "subnet-0a1b2c3d4e5f60712"],
    isolatedSubnetIds: ["subnet-0a1b2c3d4e5f60721", "subnet-0a1b2c3d4e5f60722"],
    egress: { kind: "internet" },
  },
  pgpool: { exposure: { kind: "private", allowedCidrs: ["10.0.0.0/16"] } },
  image: { kind: "id", id: "ami-0a1b2c3d4e5f60718" },
} satisfies EnvironmentInput;
