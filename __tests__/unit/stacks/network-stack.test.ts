import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import type { EnvironmentInput } from "../../../config/schema/environment";
import { endpointServices } from "../../../config/schema/network";
import { environmentWith, newNetwork } from "../../support/environments";
import { stacksOf } from "../../support/stacks";
import type { Synthesized } from "../../support/synthesized";

function networkWith(network: object = {}, more: Partial<EnvironmentInput> = {}): Synthesized {
  const changes = { network: { ...newNetwork, ...network }, ...more };
  const { network: stack } = stacksOf(environmentWith(changes));
  if (stack === undefined) throw new Error("a new network has a stack");
  return stack;
}

/** `zone → CIDR` of one tier. */
const tier = (stack: Synthesized, name: string) =>
  Object.fromEntries<unknown>(
    stack
      .all(Subnet)
      .filter((subnet) => (subnet.tags as { Name: string }).Name.startsWith(`test-pgpool-${name}`))
      .map((subnet) => [String(subnet.availability_zone), subnet.cidr_block]),
  );

/** Subnet tiers, by name, whose route tables have a route of the given kind. */
const routed = (stack: Synthesized, target: "nat_gateway_id" | "gateway_id") =>
  stack
    .all(Route)
    .filter((route) => target in route)
    .map((route) => /aws_route_table\.([a-z]+)_/.exec(String(route.route_table_id))?.[1]);

test("names resolve inside the VPC", () => {
  expect(networkWith().only(Vpc)).toMatchObject({ enable_dns_support: true, enable_dns_hostnames: true });
});

test("the default security group has no rule", () => {
  const group = networkWith().only(DefaultSecurityGroup);
  expect(group).not.toHaveProperty("ingress");
  expect(group).not.toHaveProperty("egress");
});

test("tiers are sixteenths of the VPC, in the order of zones", () => {
  const stack = networkWith({ zones: ["eu-west-1b", "eu-west-1a", "eu-west-1c"] });
  expect(tier(stack, "private")).toEqual({
    "eu-west-1b": "10.0.0.0/20",
    "eu-west-1a": "10.0.16.0/20",
    "eu-west-1c": "10.0.32.0/20",
  });
  expect(tier(stack, "isolated")).toMatchObject({ "eu-west-1b": "10.0.64.0/20" });
  expect(tier(stack, "public")).toMatchObject({ "eu-west-1b": "10.0.128.0/20" });
});

test("a zone that is added moves no subnet that is there", () => {
  const before = networkWith();
  const after = networkWith({ zones: [...newNetwork.zones, "eu-west-1c", "eu-west-1d"] });
  for (const name of ["private", "isolated", "public"]) {
    expect(tier(after, name)).toMatchObject(tier(before, name));
  }
  expect(after.json.resource?.aws_subnet).toMatchObject(before.json.resource?.aws_subnet ?? {});
});

test("explicit subnets are used as they are given", () => {
  const subnets = {
    kind: "explicit",
    private: ["10.0.1.0/24", "10.0.2.0/24"],
    isolated: ["10.0.3.0/28", "10.0.3.16/28"],
    public: ["10.0.4.0/24", "10.0.5.0/24"],
  };
  expect(tier(networkWith({ subnets }), "isolated")).toEqual({
    "eu-west-1a": "10.0.3.0/28",
    "eu-west-1b": "10.0.3.16/28",
  });
});

test.each([
  ["per-zone", 2],
  ["single", 1],
])("NAT %s makes %i gateways, and every zone's nodes have a way out", (nat, count) => {
  const stack = networkWith({ nat });
  expect(stack.all(NatGateway)).toHaveLength(count);
  expect(routed(stack, "nat_gateway_id")).toEqual(["private", "private"]);
});

test("the isolated tier has no route out, whatever the NAT", () => {
  for (const nat of ["per-zone", "single"]) {
    const stack = networkWith({ nat });
    expect([...routed(stack, "nat_gateway_id"), ...routed(stack, "gateway_id")]).not.toContain("isolated");
  }
});

const withoutNat = { nat: "none", interfaceEndpoints: [...endpointServices] };

test("without NAT and public exposure there is no public tier and no way to the internet", () => {
  const stack = networkWith(withoutNat);
  expect([...stack.all(InternetGateway), ...stack.all(NatGateway), ...stack.all(Route)]).toEqual([]);
  expect(tier(stack, "public")).toEqual({});
  expect(stack.outputs.public_subnet_ids).toEqual([]);
});

test("a public load balancer without NAT gets a public tier, and nodes still have no way out", () => {
  const stack = networkWith(withoutNat, {
    pgpool: { exposure: { kind: "public", allowedCidrs: ["198.51.100.0/24"] } },
  });
  expect(routed(stack, "gateway_id")).toEqual(["public", "public"]);
  expect(routed(stack, "nat_gateway_id")).toEqual([]);
});

test("S3 is reached by a gateway endpoint from every private route table", () => {
  const s3 = networkWith().named(VpcEndpoint, "s3");
  expect(s3).toMatchObject({ vpc_endpoint_type: "Gateway", service_name: "com.amazonaws.eu-west-1.s3" });
  expect(s3.route_table_ids).toHaveLength(2);
});

test("each chosen service has an interface endpoint with private DNS in every zone", () => {
  const endpoints = networkWith(withoutNat)
    .all(VpcEndpoint)
    .filter((endpoint) => endpoint.vpc_endpoint_type === "Interface");
  const names = endpoints.map((endpoint) => String(endpoint.service_name).split(".").at(-1));
  expect(names.sort()).toEqual([...endpointServices].sort());
  for (const endpoint of endpoints) expect(endpoint).toMatchObject({ private_dns_enabled: true });
  expect(endpoints.map((endpoint) => (endpoint.subnet_ids as string[]).length)).toEqual(endpoints.map(() => 2));
});

test("flows are logged, unless that is switched off by name", () => {
  expect(networkWith().only(FlowLog)).toMatchObject({ traffic_type: "ALL" });
  expect(networkWith({ flowLogs: false }).all(FlowLog)).toEqual([]);
});

test("an existing VPC has no network stack", () => {
  const environment = environmentWith({
    network: {
      kind: "existing",
      vpcId: "vpc-0a1b2c3d",
      privateSubnetIds: ["subnet-0000000a", "subnet-0000000b"],
      isolatedSubnetIds: ["subnet-0000001a", "subnet-0000001b"],
      egress: { kind: "internet" },
    },
    pgpool: { exposure: { kind: "private", allowedCidrs: ["10.0.0.0/16"] } },
  });
  const stacks = stacksOf(environment);
  expect(stacks.network).toBeUndefined();
  expect(stacks.database.text + stacks.pgpool.text).not.toContain("network-state");
});
