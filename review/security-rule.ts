import { type Leaf, type Leaves, leafText } from "./leaves";

const directions: Readonly<Record<string, "ingress" | "egress">> = {
  aws_vpc_security_group_ingress_rule: "ingress",
  aws_vpc_security_group_egress_rule: "egress",
};
const peers = ["cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id"];
const parts = [...peers, "ip_protocol", "from_port", "to_port"];

/** A security-group rule's arguments as one line, such as `ingress tcp 5432 from sg-0a1b2c3d`; others stay. */
export function withRuleLine(type: string, leaves: Leaves): Leaves {
  const direction = directions[type];
  if (direction === undefined || leaves.size === 0) return leaves;
  const rest = [...leaves].filter(([path]) => !parts.includes(path));
  const line = ruleLine(direction, leaves);
  return new Map<string, Leaf>([...rest, ["rule", { kind: "known", raw: line, shown: line }]]);
}

function ruleLine(direction: "ingress" | "egress", leaves: Leaves): string {
  const text = (path: string) => leafText(leaves.get(path)) ?? "";
  const [from, to] = [text("from_port"), text("to_port")];
  const protocol = text("ip_protocol") === "-1" ? "all" : text("ip_protocol");
  const ports = from === "" || from === "-1" ? "" : from === to ? ` ${from}` : ` ${from}-${to}`;
  // In a plan the arguments that are not used are null: the first that is there is the peer.
  const peer = peers.map(text).find((value) => value !== "") ?? "nowhere";
  return `${direction} ${protocol}${ports} ${direction === "ingress" ? "from" : "to"} ${peer}`;
}
