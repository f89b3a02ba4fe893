import { resources, textOf } from "../blocks";
import { type Guard, resource } from "../guard";

const types = [
  "aws_security_group",
  "aws_vpc_security_group_egress_rule",
  "aws_vpc_security_group_ingress_rule",
] as const;

/** What EC2 takes, and fails an apply over when there is more: no apostrophe, no quotation mark. */
const plain = /^[\w .:/()#,@[\]+=&;{}!$*-]{1,255}$/;

const described = (description: string) => resource("aws_vpc_security_group_egress_rule", { example: { description } });

export const plainDescriptions: Guard = {
  rule: "each security group and each of its rules has a description that EC2 takes",
  violations: ({ json }) =>
    resources(json, ...types).flatMap(({ address, block }) =>
      plain.test(textOf(block, "description")) ? [] : [`${address}: ${textOf(block, "description")}`],
    ),
  accepts: { "plain words": { json: described("Pgpool-II to Aurora (10.0.0.0/16)") } },
  refuses: {
    "an apostrophe": { json: described("the network's way out") },
    "too many words": { json: described("a".repeat(256)) },
    "no word": { json: described("") },
  },
};
