import { contains, overlaps, parseCidr } from "../../../config/cidr";
import { tierCidrs } from "../../../config/subnets";
import type { NewNetwork } from "../../../config/schema/network";
import { environmentWith, newNetwork } from "../../support/environments";

function networkWith(changes: Partial<typeof newNetwork> & { subnets?: NewNetwork["subnets"] }): NewNetwork {
  const { network } = environmentWith({ network: { ...newNetwork, ...changes } });
  if (network.kind === "existing") throw new Error("a new network was asked for");
  return network;
}

const zones = (letters: string): string[] => Array.from(letters, (letter) => `eu-west-1${letter}`);

test("gives each tier its own four of the sixteen blocks", () => {
  expect(tierCidrs(networkWith({ cidr: "10.20.0.0/16", zones: zones("abcd") }))).toEqual({
    private: ["10.20.0.0/20", "10.20.16.0/20", "10.20.32.0/20", "10.20.48.0/20"],
    isolated: ["10.20.64.0/20", "10.20.80.0/20", "10.20.96.0/20", "10.20.112.0/20"],
    public: ["10.20.128.0/20", "10.20.144.0/20", "10.20.160.0/20", "10.20.176.0/20"],
  });
});

test("moves no subnet when zones are added at the end", () => {
  const two = tierCidrs(networkWith({ zones: zones("ab") }));
  const four = tierCidrs(networkWith({ zones: zones("abcd") }));
  expect(four.private.slice(0, 2)).toEqual(two.private);
  expect(four.isolated.slice(0, 2)).toEqual(two.isolated);
  expect(four.public.slice(0, 2)).toEqual(two.public);
});

test.each(["10.0.0.0/16", "172.16.8.0/21", "192.168.252.0/22"])(
  "keeps all subnets of %s inside it and apart",
  (cidr) => {
    const { private: nodes, isolated, public: open } = tierCidrs(networkWith({ cidr, zones: zones("abcd") }));
    const all = [...nodes, ...isolated, ...open].map(parseCidr);
    expect(all.every((block) => contains(parseCidr(cidr), block))).toBe(true);
    expect(all.flatMap((a, index) => all.slice(index + 1).filter((b) => overlaps(a, b)))).toEqual([]);
  },
);

test("takes explicit subnets as they are written", () => {
  const subnets = {
    kind: "explicit",
    private: ["10.0.0.0/20", "10.0.16.0/20"],
    isolated: ["10.0.32.0/24", "10.0.33.0/24"],
    public: ["10.0.34.0/26", "10.0.34.64/26"],
  } satisfies NewNetwork["subnets"];
  expect(tierCidrs(networkWith({ subnets }))).toMatchObject({
    private: subnets.private,
    isolated: subnets.isolated,
    public: subnets.public,
  });
});
