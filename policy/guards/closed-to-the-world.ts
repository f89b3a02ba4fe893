import { ports } from "../../config/ports";
import { resources, textOf } from "../blocks";
import { type Guard, resource } from "../guard";
import { isWide } from "../wide";

const admit = (rule: object) => resource("aws_vpc_security_group_ingress_rule", { example: rule });
const world = { pgpool: { exposure: { kind: "world" } } } as const;

export const closedToTheWorld: Guard = {
  rule: "nothing can be reached from everywhere, but PostgreSQL where the exposure is called world",
  violations: ({ json, environment }) =>
    resources(json, "aws_vpc_security_group_ingress_rule")
      .filter(({ block }) => isWide(textOf(block, "cidr_ipv4")) || isWide(textOf(block, "cidr_ipv6")))
      .filter(({ block }) => environment.pgpool.exposure.kind !== "world" || block.to_port !== ports.postgresql)
      .map(({ address }) => `${address} admits everybody`),
  accepts: {
    "one range": { json: admit({ cidr_ipv4: "10.0.0.0/8", to_port: 5432 }) },
    "the world, by exposure": { json: admit({ cidr_ipv4: "0.0.0.0/0", to_port: 5432 }), environment: world },
  },
  refuses: {
    "all of IPv4": { json: admit({ cidr_ipv4: "0.0.0.0/0", to_port: 5432 }) },
    "half of IPv4": { json: admit({ cidr_ipv4: "128.0.0.0/1", to_port: 5432 }) },
    "all of IPv6": { json: admit({ cidr_ipv6: "::/0", to_port: 5432 }) },
    "the world on another port": { json: admit({ cidr_ipv4: "0.0.0.0/0", to_port: 22 }), environment: world },
  },
};
