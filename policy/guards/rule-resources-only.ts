import { resources } from "../blocks";
import { type Guard, resource } from "../guard";

/** Types that say the same as rule resources, in a way that Terraform lets the two fight. */
const otherForms = ["aws_security_group_rule", "aws_network_interface_sg_attachment"];

export const ruleResourcesOnly: Guard = {
  rule: "a security group has no rule but rule resources, and a default group has none at all",
  violations: ({ json }) => {
    const groups = resources(json, "aws_security_group", "aws_default_security_group");
    const inline = groups.filter(({ block }) => "ingress" in block || "egress" in block);
    const vpcs = Object.keys(json.resource?.aws_vpc ?? {});
    const emptied = resources(json, "aws_default_security_group").map(({ block }) => block.vpc_id);
    return [
      ...inline.map(({ address }) => `${address} has rules of its own`),
      ...resources(json, ...otherForms).map(({ address }) => `${address} is not a rule resource`),
      ...vpcs
        .filter((id) => !emptied.includes(`\${aws_vpc.${id}.id}`))
        .map((id) => `aws_vpc.${id} keeps AWS's rules in its default group`),
    ];
  },
  accepts: {
    "a group without rules": { json: resource("aws_security_group", { example: { name: "nodes" } }) },
    "a VPC whose default group is adopted": {
      json: {
        resource: { aws_vpc: { vpc: {} }, aws_default_security_group: { default: { vpc_id: "${aws_vpc.vpc.id}" } } },
      },
    },
  },
  refuses: {
    "a rule in a group": { json: resource("aws_security_group", { example: { ingress: [{ to_port: 22 }] } }) },
    "an egress rule in a group": { json: resource("aws_security_group", { example: { egress: [] } }) },
    "a rule in the default group": {
      json: resource("aws_default_security_group", { example: { ingress: [{ self: true }] } }),
    },
    "the old kind of rule": { json: resource("aws_security_group_rule", { example: { type: "ingress" } }) },
    "a VPC whose default group is left": { json: resource("aws_vpc", { vpc: {} }) },
  },
};
