import { DataAwsAmi } from "@cdktf/provider-aws/lib/data-aws-ami";
import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { Construct } from "constructs";
import type { Architecture } from "../../config/architecture";

/** Where the image's id comes from; a manifest has been read by then and gives an id. */
export type ImageSource =
  | { readonly kind: "id"; readonly id: string }
  | { readonly kind: "parameter"; readonly name: string }
  | {
      readonly kind: "lookup";
      readonly owner: string;
      readonly tags: Readonly<Record<string, string>>;
      readonly architecture: Architecture;
    };

/** The image of the nodes. What is looked up is looked up by Terraform, so the plan shows the id and any change of it. */
export class NodeImage extends Construct {
  readonly imageId: string;

  constructor(scope: Construct, id: string, source: ImageSource) {
    super(scope, id);
    this.imageId = this.find(source);
  }

  private find(source: ImageSource): string {
    if (source.kind === "id") return source.id;
    // insecure_value is the same text; only `value` is hidden from the plan, and an image's id must be seen there.
    if (source.kind === "parameter")
      return new DataAwsSsmParameter(this, "parameter", { name: source.name }).insecureValue;
    return new DataAwsAmi(this, "image", {
      owners: [source.owner],
      mostRecent: true,
      filter: [
        ...Object.entries(source.tags).map(([key, value]) => ({ name: `tag:${key}`, values: [value] })),
        { name: "architecture", values: [source.architecture] },
        { name: "state", values: ["available"] },
      ],
    }).id;
  }
}
