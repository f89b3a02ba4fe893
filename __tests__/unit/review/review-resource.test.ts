import { reviewResource } from "../../../review/review-resource";
import { changesOf, created, destroyed, type Entry, replaced, updated } from "./support/plans";

function reviewed(entry: Entry) {
  const [change] = changesOf(entry);
  if (change === undefined) throw new Error("the plan changes nothing");
  return reviewResource(change);
}
const attributes = (entry: Entry) => reviewed(entry).attributes.map(({ path, before, after }) => [path, before, after]);

test("arguments stand side by side, sorted, and only those that change", () => {
  expect(
    attributes(updated("a", { b: 1, a: "x", same: true, gone: "y" }, { b: 2, a: "z", same: true, gone: null })),
  ).toEqual([
    ["a", "x", "z"],
    ["b", "1", "2"],
    ["gone", "y", null],
  ]);
});

test("an update from something to what is not known yet is shown; what AWS computes for a new thing is only named", () => {
  expect(attributes(updated("a", { version: "7" }, {}, { after_unknown: { version: true } }))).toEqual([
    ["version", "7", "(known after apply)"],
  ]);
  const fresh = reviewed(
    created("a", { name: "x", empty: "", none: null, list: [] }, { after_unknown: { arn: true, id: true } }),
  );
  expect(fresh).toMatchObject({ attributes: [{ path: "name" }], computed: ["arn", "id"] });
});

test("what forces a replacement is marked", () => {
  const change = replaced(
    "a",
    { id: "1", name: "x" },
    { name: "y" },
    { replace_paths: [["name"]], after_unknown: { id: true } },
  );
  expect(reviewed(change)).toMatchObject({ attributes: [{ path: "name", forcesReplacement: true }], computed: ["id"] });
});

test("what forces a replacement is shown although its new value is not known yet", () => {
  const change = replaced("a", { vpc: "1" }, {}, { replace_paths: [["vpc"]], after_unknown: { vpc: true } });
  expect(attributes(change)).toEqual([["vpc", "1", "(known after apply)"]]);
});

test("blocks are told apart by their names, so that one more does not move the others", () => {
  const tier = (name: string, days: number) => ({ rule_name: name, days });
  expect(attributes(updated("a", { rule: [tier("b", 1)] }, { rule: [tier("a", 9), tier("b", 2)] }))).toEqual([
    ["rule[a].days", null, "9"],
    ["rule[a].rule_name", null, "a"],
    ["rule[b].days", "1", "2"],
  ]);
});

test("tags are only named, those of a scaling group and of what it launches too", () => {
  const before = {
    tags_all: { Owner: "a" },
    tag: [{ key: "Owner", value: "a" }],
    tag_specifications: [{ resource_type: "volume", tags: { Stack: "a" } }],
  };
  const after = {
    tags_all: { Owner: "b" },
    tag: [{ key: "Owner", value: "b" }],
    tag_specifications: [{ resource_type: "volume", tags: { Stack: "b" } }],
  };
  expect(reviewed(updated("a", before, after))).toMatchObject({ attributes: [], tags: ["Owner", "Stack"] });
});

test("what is destroyed has nothing more to show", () => {
  expect(reviewed(destroyed("a", { name: "x", policy: '{"Statement":[]}' }))).toMatchObject({
    attributes: [],
    documents: [],
    computed: [],
  });
});

test.each([
  [
    { ip_protocol: "tcp", from_port: 5432, to_port: 5432, referenced_security_group_id: "sg-1" },
    "ingress tcp 5432 from sg-1",
  ],
  [{ ip_protocol: "tcp", from_port: 1024, to_port: 2048, cidr_ipv6: "::/0" }, "ingress tcp 1024-2048 from ::/0"],
  [{ ip_protocol: "-1", from_port: -1, to_port: -1, prefix_list_id: "pl-1" }, "ingress all from pl-1"],
])("a rule of a security group is one line", (rule, line) => {
  expect(attributes(created("aws_vpc_security_group_ingress_rule", rule))).toEqual([["rule", null, line]]);
});

test("a way out goes to something that may not be known yet", () => {
  const rule = { ip_protocol: "tcp", from_port: 443, to_port: 443, description: "Out" };
  const unknown = { after_unknown: { referenced_security_group_id: true } };
  expect(attributes(created("aws_vpc_security_group_egress_rule", rule, unknown))).toEqual([
    ["description", null, "Out"],
    ["rule", null, "egress tcp 443 to (known after apply)"],
  ]);
});
