import { DataTerraformRemoteStateLocal, DataTerraformRemoteStateS3, TerraformOutput, type TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { Environment } from "../config/schema/environment";
import { stateLocation, type StackName } from "../config/state";

/** Types of the fields, to those who read them. */
interface FieldTypes {
  text: string;
  texts: string[];
  optionalText: string;
}
/** A field that other stacks read. */
interface ReadField<K extends keyof FieldTypes = keyof FieldTypes> {
  readonly kind: K;
  readonly description: string;
  readonly standIn: (environment: Environment) => FieldTypes[K];
}
/** A field for people: no stack reads it. */
interface ShownField {
  readonly kind: "shown";
  readonly description: string;
}
type Field = ReadField | ShownField;
type Fields = Readonly<Record<string, Field>>;
type Read<F extends Fields> = {
  readonly [N in keyof F as F[N] extends ReadField ? N : never]: F[N] extends ReadField<infer K>
    ? FieldTypes[K]
    : never;
};
type Published<F extends Fields> = {
  readonly [N in keyof F]: F[N]["kind"] extends "optionalText"
    ? string | undefined
    : F[N] extends ReadField<infer K>
      ? FieldTypes[K]
      : string;
};

/** What a consumer gets from a contract. */
export type ValuesOf<C> = C extends StackContract<infer F> ? Read<F> : never;

/**
 * What a plan takes for a value before its producer was ever applied: of the value's form, and nothing that exists.
 * A function where the form depends on the region.
 */
type StandIn = string | ((environment: Environment) => string);
const standInFor = (standIn: StandIn) => (typeof standIn === "string" ? () => standIn : standIn);

/** One value. */
export const text = (description: string, standIn: StandIn): ReadField<"text"> => ({
  kind: "text",
  description,
  standIn: standInFor(standIn),
});
/** Several values; to the consumer they are opaque, not to be counted or indexed. */
export const texts = (description: string, standIn: (environment: Environment) => string[]): ReadField<"texts"> => ({
  kind: "texts",
  description,
  standIn,
});
/** A value that the configuration decides about: read it only where the configuration says that it is there. */
export const optionalText = (description: string, standIn: StandIn): ReadField<"optionalText"> => ({
  kind: "optionalText",
  description,
  standIn: standInFor(standIn),
});
/** One value for people, which `terraform output` shows. */
export const shown = (description: string): ShownField => ({ kind: "shown", description });

/** What one stack gives to the others: declared once, written as outputs, read back as remote state. */
export class StackContract<F extends Fields> {
  constructor(
    readonly producer: StackName,
    private readonly fields: F,
  ) {}

  /** Writes one output for each field that has a value. */
  publish(stack: TerraformStack, values: Published<F>): void {
    // In a scope of their own, so that an output and a construct may have the same name.
    const outputs = new Construct(stack, "outputs");
    for (const [name, { description }] of Object.entries(this.fields)) {
      const value = values[name];
      if (value === undefined) continue;
      new TerraformOutput(outputs, outputName(name), { value, description }).overrideLogicalId(outputName(name));
    }
  }

  /** Reads the fields from the producer's state, wherever the environment keeps it. */
  read(consumer: TerraformStack, environment: Environment): Read<F> {
    const state = remoteState(consumer, environment, this.producer);
    const fields = Object.entries(this.fields).flatMap(([name, { kind }]) => {
      if (kind === "shown") return [];
      return [[name, kind === "texts" ? state.getList(outputName(name)) : state.getString(outputName(name))] as const];
    });
    return Object.fromEntries(fields) as Read<F>;
  }

  /** Stand-ins for the outputs that others read, by the outputs' names; only for plans that nobody can apply. */
  standIns(environment: Environment): Readonly<Record<string, string | string[]>> {
    const fields = Object.entries(this.fields).flatMap(([name, field]) =>
      field.kind === "shown" ? [] : [[outputName(name), field.standIn(environment)] as const],
    );
    return Object.fromEntries(fields);
  }
}

function remoteState(consumer: TerraformStack, environment: Environment, producer: StackName) {
  const location = stateLocation(environment, producer);
  const id = `${producer}-state`;
  if (location.kind === "local") return new DataTerraformRemoteStateLocal(consumer, id, { path: location.path });
  const { bucket, key, region, kmsKeyId } = location;
  return new DataTerraformRemoteStateS3(consumer, id, { bucket, key, region, kmsKeyId });
}

/** `secretArn` is `secret_arn` as an output, as people type it after `terraform output`. */
const outputName = (field: string): string => field.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
