import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";

/** One end of a connection that is not a security group of ours. */
export type Peer =
  { readonly cidrIpv4: string } | { readonly prefixListId: string } | { readonly referencedSecurityGroupId: string };

export interface ConnectionProps {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly description: string;
}

/** One TCP arrow between two security groups: the rule out of the one and the rule into the other. */
export class Connection extends Construct {
  constructor(scope: Construct, id: string, { from, to, port, description }: ConnectionProps) {
    super(scope, id);
    new AllowOut(this, "out", { securityGroupId: from, peer: { referencedSecurityGroupId: to }, port, description });
    new AllowIn(this, "in", { securityGroupId: to, peer: { referencedSecurityGroupId: from }, port, description });
  }
}

export interface AllowProps {
  readonly securityGroupId: string;
  readonly peer: Peer;
  readonly port: number;
  readonly description: string;
}

const rule = ({ securityGroupId, peer, port, description }: AllowProps) => ({
  securityGroupId,
  description,
  ipProtocol: "tcp",
  fromPort: port,
  toPort: port,
  ...peer,
});

/** One TCP port in. */
export class AllowIn extends Construct {
  constructor(scope: Construct, id: string, props: AllowProps) {
    super(scope, id);
    new VpcSecurityGroupIngressRule(this, "rule", rule(props));
  }
}

/** One TCP port out. */
export class AllowOut extends Construct {
  constructor(scope: Construct, id: string, props: AllowProps) {
    super(scope, id);
    new VpcSecurityGroupEgressRule(this, "rule", rule(props));
  }
}
