import { TerraformStack, Testing } from "cdktf";
import { StackContract, optionalText, shown, text, texts } from "../../../contracts/stack-contract";
import { environmentWith } from "../../support/environments";
import { Synthesized } from "../../support/synthesized";

const contract = new StackContract("network", {
  vpcId: text("The VPC.", "vpc-0stand1n"),
  subnetIds: texts("Its subnets.", () => ["subnet-0stand1n"]),
  s3PrefixListId: text("Prefix list.", ({ region }) => `pl-${region}`),
  endpointGroup: optionalText("Perhaps.", "sg-0stand1n"),
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

test("what no stack reads has no stand-in, and is not there to be read", () => {
  const forPeople = new StackContract("pgpool", { endpoint: shown("The address.") });
  expect(forPeople.standIns(environmentWith())).toEqual({});
  expect(forPeople.read(newStack(), environmentWith())).toEqual({});
  // @ts-expect-error it is for people
  expect(forPeople.read(newStack(), environmentWith()).endpoint).toBeUndefined();
});

test("stand-ins go by the names of the outputs, and may depend on the environment", () => {
  expect(contract.standIns(environmentWith())).toEqual({
    vpc_id: "vpc-0stand1n",
    subnet_ids: ["subnet-0stand1n"],
    s3_prefix_list_id: "pl-eu-west-1",
    endpoint_group: "sg-0stand1n",
  });
});
