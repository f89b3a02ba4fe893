import type { EnvironmentInput } from "../schema/environment";

/** The smallest environment, for a first look: local state, two zones, one NAT gateway. */
export const example = {
  region: "us-east-1",
  owner: "you@example.com",
  state: { kind: "local" },
  network: { kind: "new", cidr: "10.20.0.0/16", zones: ["us-east-1a", "us-east-1b"], nat: "single" },
  image: { kind: "parameter", name: "/pgpool-aurora/image/x86_64" },
} satisfies EnvironmentInput;
