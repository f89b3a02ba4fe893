import { resourceChanges } from "../../../../review/resource-change";
import type { ResourceChange, Values } from "../../../../review/resource-change";
import { parsePlan, type TerraformPlan } from "../../../../review/terraform-plan";

type Actions = readonly ("no-op" | "create" | "read" | "update" | "delete" | "forget")[];

/** One entry of `resource_changes`, as Terraform writes it. */
export interface Entry {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly change: Readonly<Record<string, unknown>> & { readonly actions: Actions };
}

/** A resource that changes; `more` are other fields of the change, such as marks and replace paths. */
export function entry(
  actions: Actions,
  type: string,
  before: Values | null,
  after: Values | null,
  more: Values = {},
): Entry {
  const change = {
    actions,
    before,
    after,
    after_unknown: {},
    before_sensitive: false,
    after_sensitive: false,
    ...more,
  };
  return { address: `${type}.example`, mode: "managed", type, change };
}

export const created = (type: string, after: Values, more: Values = {}): Entry =>
  entry(["create"], type, null, after, more);
export const updated = (type: string, before: Values, after: Values, more: Values = {}): Entry =>
  entry(["update"], type, before, after, more);
export const replaced = (type: string, before: Values = {}, after: Values = {}, more: Values = {}): Entry =>
  entry(["delete", "create"], type, before, after, more);
export const destroyed = (type: string, before: Values = {}): Entry => entry(["delete"], type, before, null);

/** What `terraform show -json` prints for these changes. */
export const planText = (entries: readonly Entry[], outputs: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({ format_version: "1.2", resource_changes: entries, output_changes: outputs });

export const planOf = (...entries: readonly Entry[]): TerraformPlan => parsePlan(planText(entries));

export const changesOf = (...entries: readonly Entry[]): readonly ResourceChange[] =>
  resourceChanges(planOf(...entries));
