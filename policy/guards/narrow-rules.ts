import { resources, textOf } from "../blocks";
import { type Guard, resource } from "../guard";

const rule = { ip_protocol: "tcp", from_port: 5432, to_port: 5432, description: "Pgpool-II to Aurora" };
const out = (changes: object) => resource("aws_vpc_security_group_egress_rule", { example: { ...rule, ...changes } });

export const narrowRules: Guard = {
  rule: "each security group rule is about one TCP port, and says what for",
  violations: ({ json }) =>
    resources(json, "aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule").flatMap(
      ({ address, block }) => [
        ...(block.ip_protocol === "tcp" ? [] : [`${address} is not about TCP`]),
        ...(typeof block.to_port === "number" && block.from_port === block.to_port
          ? []
          : [`${address} is not about one port`]),
        ...(textOf(block, "description") === "" ? [`${address} does not say what for`] : []),
      ],
    ),
  accepts: { "one port": { json: out({}) } },
  refuses: {
    "all protocols": { json: out({ ip_protocol: "-1" }) },
    "several ports": { json: out({ to_port: 5440 }) },
    "no description": { json: out({ description: undefined }) },
  },
};
