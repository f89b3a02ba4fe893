import { isPublic } from "../../config/public-tier";
import type { Block } from "../terraform-json";
import { nested, resources } from "../blocks";
import { type Guard, resource, type Subject } from "../guard";

/** What must be said, type by type: left out, AWS or the subnet decides. */
const inside: Readonly<Record<string, (block: Block, subject: Subject) => boolean>> = {
  aws_subnet: (subnet) => subnet.map_public_ip_on_launch === false,
  aws_rds_cluster_instance: (instance) => instance.publicly_accessible === false,
  aws_launch_template: (template) => {
    const interfaces = nested(template, "network_interfaces");
    return interfaces.length > 0 && interfaces.every((one) => one.associate_public_ip_address === "false");
  },
  aws_lb: (balancer, { environment }) => balancer.internal === !isPublic(environment.pgpool.exposure),
};

const world = { pgpool: { exposure: { kind: "world" } } } as const;
const template = (associate_public_ip_address?: string) =>
  resource("aws_launch_template", { example: { network_interfaces: [{ associate_public_ip_address }] } });

export const noPublicAddresses: Guard = {
  rule: "nothing has a public address but NAT gateways, and the load balancer where the exposure says so",
  violations: (subject) => [
    ...Object.entries(inside).flatMap(([type, isInside]) =>
      resources(subject.json, type)
        .filter(({ block }) => !isInside(block, subject))
        .map(({ address }) => `${address} may have a public address`),
    ),
    ...strayAddresses(subject),
  ],
  accepts: {
    "a private balancer": { json: resource("aws_lb", { example: { internal: true } }) },
    "a public balancer, by exposure": {
      json: resource("aws_lb", { example: { internal: false } }),
      environment: world,
    },
    "nodes inside": { json: template("false") },
    "the address of a NAT gateway": {
      json: { resource: { aws_eip: { one: {} }, aws_nat_gateway: { nat: { allocation_id: "${aws_eip.one.id}" } } } },
    },
  },
  refuses: {
    "a public balancer": { json: resource("aws_lb", { example: { internal: false } }) },
    "a private balancer where the exposure is the world": {
      json: resource("aws_lb", { example: { internal: true } }),
      environment: world,
    },
    "nodes with addresses": { json: template("true") },
    "nodes as the subnet decides": { json: template() },
    "a template without interfaces": { json: resource("aws_launch_template", { example: {} }) },
    "a subnet that gives addresses": { json: resource("aws_subnet", { example: { map_public_ip_on_launch: true } }) },
    "a public instance": { json: resource("aws_rds_cluster_instance", { example: { publicly_accessible: true } }) },
    "an address for something else": { json: resource("aws_eip", { one: {} }) },
  },
};

function strayAddresses({ json }: Subject): readonly string[] {
  const ofNat = resources(json, "aws_nat_gateway").map(({ block }) => block.allocation_id);
  return resources(json, "aws_eip")
    .filter(({ address }) => !ofNat.includes(`\${${address}.id}`))
    .map(({ address }) => `${address} is no NAT gateway's`);
}
