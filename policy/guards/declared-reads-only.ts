import { literals } from "../blocks";
import { type Guard } from "../guard";

/** How cdktf names what it adds by itself when a stack uses a construct of another one. */
const automatic = /cross-stack-(output|reference)/;

export const declaredReadsOnly: Guard = {
  rule: "a stack reads another one through its contract only",
  violations: ({ json }) => [
    ...Object.keys(json.output ?? {})
      .filter((name) => automatic.test(name))
      .map((name) => `output ${name} was not declared`),
    ...literals(json)
      .filter(({ text }) => automatic.test(text))
      .map(({ path }) => `${path} reads what was not declared`),
  ],
  accepts: {
    "a declared output": { json: { output: { vpc_id: { value: "${aws_vpc.vpc.id}" } } } },
  },
  refuses: {
    "an automatic output": { json: { output: { "cross-stack-output-aws_vpcvpcid": { value: "${aws_vpc.vpc.id}" } } } },
    "an automatic read": {
      json: { resource: { aws_lb: { x: { v: "${data.terraform_remote_state.cross-stack-reference-input-x}" } } } },
    },
  },
};
