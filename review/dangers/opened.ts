import { isWide } from "../../policy/wide";
import { blocksOf, type ResourceChange, type Values } from "../resource-change";
import { contains } from "./cidr";
import type { Danger, Found } from "./danger";

/** One way in: who may connect, to which group, and on which ports. */
interface WayIn {
  readonly address: string;
  readonly group: string;
  readonly cidr: string;
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
}

const texts = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((one) => typeof one === "string");
const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
const port = (value: unknown, otherwise: number): number =>
  typeof value === "number" && value >= 0 ? value : otherwise;

function wayIn(address: string, group: unknown, rule: Values): readonly WayIn[] {
  const protocol = textOf(rule.ip_protocol) || textOf(rule.protocol) || "-1";
  const ports = { from: port(rule.from_port, 0), to: port(rule.to_port, 65535) };
  return ["cidr_ipv4", "cidr_ipv6", "cidr_blocks", "ipv6_cidr_blocks"]
    .flatMap((name) => texts(rule[name]))
    .map((cidr) => ({ address, group: textOf(group), cidr, protocol, ...ports }));
}

/** Ways in that a resource is, in each form that the provider has for them. */
function waysIn(address: string, type: string, values: Values): readonly WayIn[] {
  switch (type) {
    case "aws_vpc_security_group_ingress_rule":
      return wayIn(address, values.security_group_id, values);
    case "aws_security_group_rule":
      return values.type === "ingress" ? wayIn(address, values.security_group_id, values) : [];
    case "aws_security_group":
    case "aws_default_security_group":
      return blocksOf(values, "ingress").flatMap((rule) => wayIn(address, values.id, rule));
    default:
      return [];
  }
}

const covers = (wide: WayIn, narrow: WayIn): boolean =>
  contains(wide.cidr, narrow.cidr) &&
  (wide.protocol === "-1" || wide.protocol === narrow.protocol) &&
  wide.from <= narrow.from &&
  wide.to >= narrow.to;

/** Whether a way in is at the place of another: the same rule, or one for the same group. */
const isSuccessor = (one: WayIn, old: WayIn): boolean =>
  one.address === old.address || (old.group !== "" && one.group === old.group);

const inWords = ({ cidr, protocol, from, to }: WayIn): string =>
  `${cidr} on ${protocol} ${from === to ? from : `${from}-${to}`}`;

function judge(one: WayIn, before: readonly WayIn[]): readonly Found[] {
  if (before.some((old) => isSuccessor(one, old) && covers(old, one))) return [];
  const narrower = before.find((old) => isSuccessor(one, old) && covers(one, old));
  const { address } = one;
  const detail =
    narrower === undefined ? `admits ${inWords(one)}` : `admits ${inWords(one)}, before ${inWords(narrower)}`;
  if (isWide(one.cidr)) return [{ address, reason: "A security group is opened to everybody.", detail }];
  return narrower === undefined ? [] : [{ address, reason: "A security group admits more than before.", detail }];
}

/** A security group is opened: to everybody, or to a wider range or more ports than the rule in its place had. */
export const opened = {
  name: "opened",
  find: (changes: readonly ResourceChange[]) => {
    const of = (side: "before" | "after") => changes.flatMap((one) => waysIn(one.address, one.type, one[side]));
    return of("after").flatMap((one) => judge(one, of("before")));
  },
} as const satisfies Danger;
