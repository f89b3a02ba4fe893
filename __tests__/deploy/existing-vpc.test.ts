import { Workplace } from "../support/terraform";

const bucket = "example-pgpool-aurora-state";
const settings = "config/environments/existing-vpc.ts";

/** By the id that the environment's file has for it: the subnet that another team has made, one pair for each zone. */
const subnets = {
  "subnet-0a1b2c3d4e5f60711": { name: "private_a", zone: "eu-west-1a", cidr: "10.0.0.0/24" },
  "subnet-0a1b2c3d4e5f60712": { name: "private_b", zone: "eu-west-1b", cidr: "10.0.1.0/24" },
  "subnet-0a1b2c3d4e5f60721": { name: "isolated_a", zone: "eu-west-1a", cidr: "10.0.2.0/24" },
  "subnet-0a1b2c3d4e5f60722": { name: "isolated_b", zone: "eu-west-1b", cidr: "10.0.3.0/24" },
};

let place: Workplace;

beforeAll(async () => {
  place = await Workplace.open();
  await place.stateBucket("existing-vpc");
  await place.moto.allowPlainHttp(bucket);
}, 60_000);

afterAll(() => Workplace.closeAll());

/** Another team's VPC, whose ids are then written into the environment's file. */
async function makeVpc(): Promise<void> {
  const rows = Object.values(subnets);
  const ids = await place.others("eu-west-1", {
    resource: {
      aws_vpc: { vpc: { cidr_block: "10.0.0.0/16" } },
      aws_subnet: Object.fromEntries(
        rows.map(({ name, zone, cidr }) => [
          name,
          { vpc_id: "${aws_vpc.vpc.id}", availability_zone: zone, cidr_block: cidr },
        ]),
      ),
    },
    output: {
      vpc: { value: "${aws_vpc.vpc.id}" },
      ...Object.fromEntries(rows.map(({ name }) => [name, { value: `\${aws_subnet.${name}.id}` }])),
    },
  });
  place.checkout.edit(settings, "vpc-0a1b2c3d4e5f60718", ids.vpc ?? "");
  for (const [id, { name }] of Object.entries(subnets)) place.checkout.edit(settings, id, ids[name] ?? "");
}

test("an environment in an existing VPC is deployed without a network stack, and leaves the VPC alone", async () => {
  await makeVpc();
  const before = place.objects();
  await place.deploy("existing-vpc", ["database", "pgpool"]);
  expect(place.objects()).toMatchObject(before);
  expect(await place.moto.objectKeys(bucket)).toEqual(["existing-vpc/database.tfstate", "existing-vpc/pgpool.tfstate"]);
  expect(await place.planAll("existing-vpc")).toEqual({ database: 0, pgpool: 0 });
}, 120_000);

test("its database instances stand in the zones of the isolated subnets", () => {
  const instances = place.ofType("aws_rds_cluster_instance") as { readonly availability_zone: string }[];
  const zones = instances.map((instance) => instance.availability_zone);
  expect(zones.sort()).toEqual(["eu-west-1a", "eu-west-1b"]);
});
