import { blocksOf, type ResourceChange, type Values } from "../resource-change";
import { type Danger, eachChange, fromTo, isOn } from "./danger";

const reasons = {
  aws_lb: "The load balancer gets public addresses.",
  aws_subnet: "Whatever starts in the subnet gets a public address.",
  aws_launch_template: "Nodes get public addresses.",
  database: "The database instance gets a public address.",
} as const;

/** What says that a resource has public addresses, and whether it says so before and after. */
function exposure({ type, before, after }: ResourceChange): readonly (readonly [string, string, boolean, boolean])[] {
  const both = (name: string, reason: string, is: (values: Values) => boolean) => [
    [name, reason, is(before), is(after)] as const,
  ];
  const addressed = (values: Values) =>
    blocksOf(values, "network_interfaces").some((one) => isOn(one, "associate_public_ip_address"));
  switch (type) {
    case "aws_lb":
      return both("internet-facing", reasons.aws_lb, ({ internal }) => internal === false || internal === "false");
    case "aws_subnet":
      return both("map_public_ip_on_launch", reasons.aws_subnet, (values) => isOn(values, "map_public_ip_on_launch"));
    case "aws_launch_template":
      return both("associate_public_ip_address", reasons.aws_launch_template, addressed);
    default:
      return both("publicly_accessible", reasons.database, (values) => isOn(values, "publicly_accessible"));
  }
}

/** Something gets an address that the internet reaches, new or changed. */
export const publicExposure = {
  name: "public-exposure",
  find: eachChange((change) =>
    exposure(change)
      .filter(([, , before, after]) => after && !before)
      .map(([name, reason, before, after]) => ({ reason, detail: fromTo(name, before, after) })),
  ),
} as const satisfies Danger;
