import { nested, resources } from "../blocks";
import { type Guard, resource } from "../guard";

/** What AWS itself can refuse to delete, and its argument; a key has none, Terraform's refusal is all. */
const protectedTypes: Readonly<Record<string, string | undefined>> = {
  aws_rds_cluster: "deletion_protection",
  aws_lb: "enable_deletion_protection",
  aws_kms_key: undefined,
};

const cluster = (on: boolean, prevent_destroy: boolean) =>
  resource("aws_rds_cluster", { example: { deletion_protection: on, lifecycle: { prevent_destroy } } });
const disposable = { deletionProtection: false };

export const deletionProtected: Guard = {
  rule: "cluster, keys and load balancer cannot be deleted, unless deletionProtection is off",
  violations: ({ json, environment: { deletionProtection } }) =>
    Object.entries(protectedTypes).flatMap(([type, argument]) =>
      resources(json, type).flatMap(({ address, block }) => {
        const prevented = nested(block, "lifecycle").some((lifecycle) => lifecycle.prevent_destroy === true);
        const said = argument === undefined || block[argument] === deletionProtection;
        return [
          ...(prevented === deletionProtection ? [] : [`${address}: Terraform does not do as deletionProtection says`]),
          ...(said ? [] : [`${address}: AWS does not do as deletionProtection says`]),
        ];
      }),
    ),
  accepts: {
    "a protected cluster": { json: cluster(true, true) },
    "a protected key": { json: resource("aws_kms_key", { example: { lifecycle: { prevent_destroy: true } } }) },
    "a disposable cluster": { json: cluster(false, false), environment: disposable },
  },
  refuses: {
    "a cluster that AWS would delete": { json: cluster(false, true) },
    "a cluster that Terraform would destroy": { json: cluster(true, false) },
    "a key that Terraform would destroy": { json: resource("aws_kms_key", { example: {} }) },
    "a balancer that AWS would delete": {
      json: resource("aws_lb", { example: { lifecycle: { prevent_destroy: true } } }),
    },
    "a disposable cluster that AWS would keep": { json: cluster(true, false), environment: disposable },
  },
};
