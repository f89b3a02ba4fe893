import { partitionOf } from "../../config/partition";
import { newNetwork } from "../example-networks";
import { literals } from "../blocks";
import { type Guard, resource } from "../guard";

const china = {
  region: "cn-north-1",
  network: { ...newNetwork, zones: ["cn-north-1a", "cn-north-1b"] },
};
const role = (policy_arn: string) => resource("aws_iam_role_policy_attachment", { example: { policy_arn } });

export const ownPartition: Guard = {
  rule: "every ARN is of the region's own partition",
  violations: ({ json, environment }) => {
    const own = partitionOf(environment.region).name;
    return literals(json).flatMap(({ path, text }) =>
      [...text.matchAll(/\barn:(aws[\w-]*):/g)]
        .filter(([, partition]) => partition !== own)
        .map(([beginning]) => `${path} has ${beginning} in ${environment.region}`),
    );
  },
  accepts: {
    "arn:aws: in Ireland": { json: role("arn:aws:iam::aws:policy/example") },
    "arn:aws-cn: in Beijing": { json: role("arn:aws-cn:iam::aws:policy/example"), environment: china },
  },
  refuses: {
    "arn:aws: in Beijing": { json: role("arn:aws:iam::aws:policy/example"), environment: china },
    "arn:aws-cn: in Ireland": { json: role("arn:aws-cn:iam::aws:policy/example") },
    "arn:aws: in an expression in Beijing": {
      json: role('${jsonencode({"secret" = "arn:aws:secretsmanager:x"})}'),
      environment: china,
    },
  },
};
