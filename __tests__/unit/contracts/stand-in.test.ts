import { bootDocumentSchema } from "../../../config/boot-document";
import { databaseContract } from "../../../contracts/database";
import { networkContract } from "../../../contracts/network";
import { environmentWith, newNetwork } from "../../support/environments";

test("there is one subnet of each tier in each zone, and no public one where there is no public tier", () => {
  const zones = ["eu-west-1a", "eu-west-1b", "eu-west-1c"];
  const network = { ...newNetwork, zones };
  const standIns = networkContract.standIns(environmentWith({ network }));
  for (const tier of ["private", "isolated", "public"]) expect(standIns[`${tier}_subnet_ids`]).toHaveLength(3);
  const closed = environmentWith({ network: { ...network, nat: "none", interfaceEndpoints: endpoints } });
  expect(networkContract.standIns(closed).public_subnet_ids).toEqual([]);
});

const endpoints: ("autoscaling" | "ec2messages" | "logs" | "monitoring" | "secretsmanager" | "ssm" | "ssmmessages")[] =
  [...(["autoscaling", "ec2messages", "logs", "monitoring", "secretsmanager", "ssm", "ssmmessages"] as const)];

test("ids are of the form that AWS gives, all different, and such as it never gave", () => {
  const standIns = { ...networkContract.standIns(environmentWith()), ...databaseContract.standIns(environmentWith()) };
  const ids = Object.values(standIns)
    .flat()
    .filter((value) => /^(vpc|subnet|sg|pl)-/.test(value));
  expect(ids).toHaveLength(10);
  for (const id of ids) expect(id).toMatch(/-0{10}[0-9a-f]{7}$/);
  expect(new Set(ids).size).toBe(ids.length);
});

test("the database's are of the form that a node's boot document asks for, in their region's partition", () => {
  const standIns = databaseContract.standIns(environmentWith({ region: "cn-north-1", ...chinese }));
  const { writerEndpoint, readerEndpoint, secretArn } = bootDocumentSchema.shape;
  expect(writerEndpoint.safeParse(standIns.cluster_endpoint).success).toBe(true);
  expect(readerEndpoint.safeParse(standIns.reader_endpoint).success).toBe(true);
  expect(secretArn.safeParse(standIns.secret_arn).success).toBe(true);
  expect(standIns.secret_arn).toMatch(/^arn:aws-cn:secretsmanager:cn-north-1:000000000000:/);
  expect(standIns.cluster_endpoint).toMatch(/\.amazonaws\.com\.cn$/);
});

const chinese = { network: { ...newNetwork, zones: ["cn-north-1a", "cn-north-1b"] } };
