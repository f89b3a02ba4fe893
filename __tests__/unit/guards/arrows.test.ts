import type { Block } from "../../../policy/terraform-json";
import { resources, textOf } from "../../../policy/blocks";
import { type Case, caseOf, projectCases } from "./subjects";

/** Who may connect to whom, on which TCP port: all of it, for each environment of the project and each exposure. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  example: [
    "10.20.0.0/16 → load balancer 5432",
    "load balancer → nodes 8071",
    "load balancer → nodes 9999",
    "nodes → 0.0.0.0/0 443",
    "nodes → database 5432",
  ],
  development: [
    "10.30.0.0/16 → load balancer 5432",
    "load balancer → nodes 8071",
    "load balancer → nodes 9999",
    "nodes → 0.0.0.0/0 443",
    "nodes → database 5432",
  ],
  production: [
    "10.40.0.0/16 → load balancer 5432",
    "load balancer → nodes 8071",
    "load balancer → nodes 9999",
    "nodes → S3 443",
    "nodes → database 5432",
    "nodes → endpoints 443",
  ],
  "existing-vpc": [
    "10.0.0.0/16 → load balancer 5432",
    "load balancer → nodes 8071",
    "load balancer → nodes 9999",
    "nodes → 0.0.0.0/0 443",
    "nodes → database 5432",
  ],
  "existing VPC, endpoints only": [
    "10.1.0.0/16 → load balancer 5432",
    "load balancer → nodes 8071",
    "load balancer → nodes 9999",
    "nodes → database 5432",
    "nodes → pl-6da54004 443",
    "nodes → sg-0e4d9017 443",
    "sg-0a1b2c3d → load balancer 5432",
  ],
  public: [
    "198.51.100.0/24 → load balancer 5432",
    "load balancer → nodes 8071",
    "load balancer → nodes 9999",
    "nodes → 0.0.0.0/0 443",
    "nodes → database 5432",
  ],
  world: [
    "0.0.0.0/0 → load balancer 5432",
    "load balancer → nodes 8071",
    "load balancer → nodes 9999",
    "nodes → 0.0.0.0/0 443",
    "nodes → database 5432",
  ],
};

/** Names of what a rule refers to in another way than by a range or an id. */
const names: readonly (readonly [RegExp, string])[] = [
  [/security_load-balancer_/, "load balancer"],
  [/security_nodes_/, "nodes"],
  [/database-state\.outputs\.security_group_id/, "database"],
  [/network-state\.outputs\.endpoint_security_group_id/, "endpoints"],
  [/network-state\.outputs\.s3_prefix_list_id/, "S3"],
];
const nameOf = (reference: string): string => names.find(([pattern]) => pattern.test(reference))?.[1] ?? reference;

const group = (rule: Block): string => nameOf(textOf(rule, "security_group_id"));
const peer = (rule: Block): string =>
  nameOf(
    ["cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id"]
      .map((argument) => textOf(rule, argument))
      .join(""),
  );
const port = (rule: Block): string => String(rule.to_port);

const rulesOf = (one: Case, direction: "ingress" | "egress"): readonly Block[] =>
  one.subjects.flatMap(({ json }) =>
    resources(json, `aws_vpc_security_group_${direction}_rule`).map(({ block }) => block),
  );

const waysIn = (one: Case): readonly string[] =>
  rulesOf(one, "ingress").map((rule) => `${peer(rule)} → ${group(rule)} ${port(rule)}`);
const waysOut = (one: Case): readonly string[] =>
  rulesOf(one, "egress").map((rule) => `${group(rule)} → ${peer(rule)} ${port(rule)}`);

test("the table names every environment of the project", () => {
  expect(Object.keys(arrows)).toEqual(expect.arrayContaining(projectCases.map(({ name }) => name)));
});

describe.each(Object.entries(arrows))("%s", (name, table) => {
  test("has these connections and no other", () => {
    const one = caseOf(name);
    expect([...new Set([...waysIn(one), ...waysOut(one)])].sort()).toEqual([...table].sort());
  });

  test("lets nothing in or out twice", () => {
    const one = caseOf(name);
    expect(waysIn(one)).toHaveLength(new Set(waysIn(one)).size);
    expect(waysOut(one)).toHaveLength(new Set(waysOut(one)).size);
  });

  test("opens both ends of a connection between its own groups", () => {
    const one = caseOf(name);
    const inside = table.filter((arrow) => /^(load balancer|nodes) → (nodes|database|endpoints) /.test(arrow));
    expect(waysIn(one)).toEqual(expect.arrayContaining(inside));
    expect(waysOut(one)).toEqual(expect.arrayContaining(inside));
  });
});
