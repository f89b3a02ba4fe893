import type { TerraformChange, TerraformPlan } from "./terraform-plan";

/** What a plan does to one resource; `forget` ends Terraform's care and leaves the resource alone. */
export type Action = "create" | "update" | "replace" | "destroy" | "forget";

/** The arguments and attributes of a resource. */
export type Values = Readonly<Record<string, unknown>>;

/** One resource that a plan changes. */
export interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly action: Action;
  /** Empty before a creation. */
  readonly before: Values;
  /** Empty after a destruction; without what is known after the apply only. */
  readonly after: Values;
  readonly change: TerraformChange;
}

const isObject = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A value as an object; empty if it is none. */
export const valuesOf = (value: unknown): Values => (isObject(value) ? value : {});

/** The blocks inside a block: a list of objects. */
export const blocksOf = (values: Values, name: string): readonly Values[] => {
  const value = values[name];
  return Array.isArray(value) ? value.filter(isObject) : [];
};

function actionOf({ actions }: TerraformChange): Action | undefined {
  const [first] = actions;
  if (actions.length === 2) return "replace";
  if (first === "delete") return "destroy";
  return first === "create" || first === "update" || first === "forget" ? first : undefined;
}

/** The resources that a plan changes, by address. */
export const resourceChanges = ({ resource_changes: all }: TerraformPlan): readonly ResourceChange[] =>
  all
    .flatMap(({ address, mode, type, change }) => {
      const action = mode === "managed" ? actionOf(change) : undefined;
      if (action === undefined) return [];
      return [{ address, type, action, before: valuesOf(change.before), after: valuesOf(change.after), change }];
    })
    .sort((a, b) => compareText(a.address, b.address));

/** Names of the outputs that a plan changes, also those whose new value is not known yet. */
export const changedOutputs = ({ output_changes: outputs }: TerraformPlan): readonly string[] =>
  Object.entries(outputs)
    .filter(([, { actions }]) => actions.some((action) => action !== "no-op" && action !== "read"))
    .map(([name]) => name)
    .sort(compareText);

/** Order by code units, the same on every machine. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
