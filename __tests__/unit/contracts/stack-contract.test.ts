import { TerraformStack, Testing } from "cdktf";
import { StackContract, optionalText, text, texts } from "../../../contracts/stack-contract";
import { environmentWith } from "../../support/environments";
import { Synthesized } from "../../support/synthesized";

const contract = new StackContract("network", {
  vpcId: text("The VPC."),
  subnetIds: texts("Its subnets."),
  s3PrefixListId: text("Prefix list."),
  endpointGroup: optionalText("Perhaps."),
});
const newStack = () => new TerraformStack(Testing.app(), "stack");

test("fields are outputs in snake case, with their description", () => {
  const stack = newStack();
  contract.publish(stack, { vpcId: "vpc-1", subnetIds: ["a", "b"], s3PrefixListId: "pl-1", endpointGroup: undefined });
  expect(new Synthesized(stack).json.output).toEqual({
    vpc_id: { value: "vpc-1", description: "The VPC." },
    subnet_ids: { value: ["a", "b"], description: "Its subnets." },
    s3_prefix_list_id: { value: "pl-1", description: "Prefix list." },
  });
});

const s3 = { kind: "s3", bucket: "states", region: "eu-west-1" } as const;

test.each([
  ["s3", s3, { bucket: "states", key: "test/network.tfstate", region: "eu-west-1" }],
  ["local", { kind: "local" } as const, { path: "../../../state/test/network.tfstate" }],
])("a consumer reads %s state where the producer keeps it", (backend, state, config) => {
  const stack = newStack();
  contract.read(stack, environmentWith({ state }));
  expect(new Synthesized(stack).json.data?.terraform_remote_state).toEqual({
    "network-state": expect.objectContaining({ backend, config }) as object,
  });
});

test("what a stack publishes is checked by the compiler", () => {
  type Values = Parameters<typeof contract.publish>[1];
  const whole = { vpcId: "vpc-1", subnetIds: ["a"], s3PrefixListId: "pl-1", endpointGroup: undefined };
  const partial = { subnetIds: whole.subnetIds, s3PrefixListId: "pl-1", endpointGroup: undefined };
  // @ts-expect-error a field is missing
  const missing: Values = partial;
  // @ts-expect-error a field is unknown
  const unknown: Values = { ...whole, zone: "a" };
  // @ts-expect-error a field has the wrong type
  const mistyped: Values = { ...whole, subnetIds: "a" };
  expect([missing, unknown, mistyped]).toHaveLength(3);
});
