import { ports } from "../../config/ports";
import type { Environment, EnvironmentInput } from "../../config/schema/environment";
import { endpointServices } from "../../config/schema/network";
import { existingNetwork, newNetwork } from "../example-networks";
import type { Block } from "../terraform-json";
import { resources, textOf } from "../blocks";
import { type Guard, resource } from "../guard";
import { isWide } from "../wide";

const hasWayOut = ({ network }: Environment): boolean =>
  network.kind === "new" ? network.nat !== "none" : network.egress.kind === "internet";

const isNodesHttps = (rule: Block): boolean =>
  textOf(rule, "security_group_id").startsWith("${aws_security_group.security_nodes_") &&
  rule.from_port === ports.https &&
  rule.to_port === ports.https;

const rule = {
  security_group_id: "${aws_security_group.security_nodes_1A2B3C4D.id}",
  cidr_ipv4: "0.0.0.0/0",
  from_port: 443,
  to_port: 443,
};
const out = (changes: object) => resource("aws_vpc_security_group_egress_rule", { example: { ...rule, ...changes } });
const byEndpoints = {
  ...existingNetwork,
  egress: { kind: "endpoints", securityGroupId: "sg-0a1b2c3d", s3PrefixListId: "pl-0a1b2c3d" },
} as const;
const clients = { exposure: { kind: "private", allowedCidrs: ["10.1.0.0/16"] } } satisfies EnvironmentInput["pgpool"];

export const oneWayOut: Guard = {
  rule: "nothing may go everywhere, but the nodes over HTTPS where the network has a way out",
  violations: ({ json, environment }) => {
    const wide = resources(json, "aws_vpc_security_group_egress_rule").filter(
      ({ block }) => isWide(textOf(block, "cidr_ipv4")) || isWide(textOf(block, "cidr_ipv6")),
    );
    const declared = wide.filter(({ block }) => hasWayOut(environment) && isNodesHttps(block));
    return wide
      .filter((one) => one !== declared[0])
      .map(({ address, block }) => `${address} leads everywhere on port ${String(block.to_port)}`);
  },
  accepts: {
    "HTTPS of the nodes": { json: out({}) },
    "a prefix list": { json: out({ cidr_ipv4: undefined, prefix_list_id: "pl-1" }) },
  },
  refuses: {
    "another port": { json: out({ from_port: 5432, to_port: 5432 }) },
    "all ports": { json: out({ from_port: 0, to_port: 65535 }) },
    "the load balancer": { json: out({ security_group_id: "${aws_security_group.security_load-balancer_1.id}" }) },
    "all of IPv6 on another port": { json: out({ cidr_ipv4: undefined, cidr_ipv6: "::/0", to_port: 80 }) },
    "a network of its own without NAT": {
      json: out({}),
      environment: { network: { ...newNetwork, nat: "none", interfaceEndpoints: [...endpointServices] } },
    },
    "an existing network with endpoints only": {
      json: out({}),
      environment: { network: byEndpoints, pgpool: clients },
    },
    "a second rule": {
      json: resource("aws_vpc_security_group_egress_rule", { declared: rule, again: rule }),
    },
  },
};
