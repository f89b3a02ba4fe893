import { Testing, type TerraformStack } from "cdktf";
import type { Block, TerraformJson } from "../../policy/terraform-json";

/** A class of resources or of data sources, such as `RdsCluster` or `DataAwsAmi`. */
export interface BlockClass {
  readonly tfResourceType: string;
}

/** What a stack becomes, with the questions a test may ask of it. */
export class Synthesized {
  /** The whole JSON. */
  readonly text: string;
  readonly json: TerraformJson;

  constructor(stack: TerraformStack) {
    this.text = Testing.synth(stack, true);
    this.json = JSON.parse(this.text) as TerraformJson;
  }

  /** All resources of a class; none is an answer too. */
  all({ tfResourceType }: BlockClass): readonly Block[] {
    return Object.values(this.json.resource?.[tfResourceType] ?? {});
  }

  /** @throws when there is not exactly one resource of the class. */
  only(type: BlockClass): Block {
    return onlyOne(type, this.json.resource);
  }

  /**
   * The resource with `part` in its logical id: `endpoint_load-balancer_1A2B3C4D` has `load-balancer`.
   *
   * @throws when there is not exactly one.
   */
  named(type: BlockClass, part: string): Block {
    return onlyOne(type, this.json.resource, part);
  }

  /** All data sources of a class. */
  allData({ tfResourceType }: BlockClass): readonly Block[] {
    return Object.values(this.json.data?.[tfResourceType] ?? {});
  }

  /**
   * The data source of a class, or that with `part` in its logical id.
   *
   * @throws when there is not exactly one.
   */
  onlyData(type: BlockClass, part = ""): Block {
    return onlyOne(type, this.json.data, part);
  }

  /** Values of the outputs by their names. */
  get outputs(): Readonly<Record<string, unknown>> {
    return Object.fromEntries(Object.entries(this.json.output ?? {}).map(([name, { value }]) => [name, value]));
  }
}

function onlyOne({ tfResourceType }: BlockClass, types: TerraformJson["resource"] = {}, part = ""): Block {
  const all = Object.entries(types[tfResourceType] ?? {});
  const found = all.filter(([id]) => id.includes(part));
  const [first] = found;
  if (first !== undefined && found.length === 1) return first[1];
  const wanted = part === "" ? tfResourceType : `${tfResourceType} with "${part}" in its id`;
  const there = all.map(([id]) => id).join(", ");
  throw new Error(`expected one ${wanted}, found ${found.length}; there are: ${there === "" ? "none" : there}`);
}
