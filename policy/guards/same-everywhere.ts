import { homedir, tmpdir } from "node:os";
import { literals } from "../blocks";
import { type Guard } from "../guard";

/** Where people and build machines keep things; a node has none of these. */
const machinePath = /(^|["'\s=])(\/(home|Users|root|tmp|var\/folders|private)\/|[A-Z]:\\)/;

const isOfThisMachine = (text: string): boolean =>
  machinePath.test(text) || [process.cwd(), homedir(), tmpdir()].some((folder) => text.includes(`${folder}/`));

const local = (path: string) => ({ json: { terraform: { backend: { local: { path } } } } });

export const sameEverywhere: Guard = {
  rule: "the output is the same on every machine",
  violations: ({ json }) =>
    literals(json)
      .filter(({ text }) => isOfThisMachine(text))
      .map(({ path, text }) => `${path} is of this machine: ${text}`),
  accepts: {
    "a relative path": local("../../../state/test/network.tfstate"),
    "a path on the node": {
      json: { resource: { aws_launch_template: { x: { path: "/etc/pgpool-aurora/boot.json" } } } },
    },
  },
  refuses: {
    "the current folder": local(`${process.cwd()}/terraform.network.tfstate`),
    "somebody's folder": local("/home/somebody/network.tfstate"),
    "somebody's folder on a Mac": local("/Users/somebody/network.tfstate"),
  },
};
