import { DataTerraformRemoteStateLocal, DataTerraformRemoteStateS3, TerraformOutput, type TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { Environment } from "../config/schema/environment";
import { stateLocation, type StackName } from "../config/state";

interface FieldTypes {
  text: string;
  texts: string[];
  optionalText: string;
}
interface Field<K extends keyof FieldTypes = keyof FieldTypes> {
  readonly kind: K;
  readonly description: string;
}
type Fields = Readonly<Record<string, Field>>;
type Read<F extends Fields> = { readonly [N in keyof F]: FieldTypes[F[N]["kind"]] };
type Published<F extends Fields> = {
  readonly [N in keyof F]: F[N]["kind"] extends "optionalText" ? string | undefined : FieldTypes[F[N]["kind"]];
};

/** What a consumer gets from a contract. */
export type ValuesOf<C> = C extends StackContract<infer F> ? Read<F> : never;

/** One value. */
export const text = (description: string): Field<"text"> => ({ kind: "text", description });
/** Several values; to the consumer they are opaque, not to be counted or indexed. */
export const texts = (description: string): Field<"texts"> => ({ kind: "texts", description });
/** A value that the configuration decides about: read it only where the configuration says that it is there. */
export const optionalText = (description: string): Field<"optionalText"> => ({ kind: "optionalText", description });

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
    const fields = Object.entries(this.fields).map(([name, { kind }]) => [
      name,
      kind === "texts" ? state.getList(outputName(name)) : state.getString(outputName(name)),
    ]);
    return Object.fromEntries(fields) as Read<F>;
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
