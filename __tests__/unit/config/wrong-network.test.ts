import { existingNetwork, newNetwork } from "../../support/environments";
import { refuses } from "../../support/wrong-input";

const fiveZones = ["a", "b", "c", "d", "e"].map((letter) => `eu-west-1${letter}`);
const nodeEndpoints = ["autoscaling", "ec2messages", "logs", "monitoring", "secretsmanager", "ssm", "ssmmessages"];
const namedClients = { exposure: { kind: "private", allowedCidrs: ["10.0.0.0/16"] } };

describe("the CIDR of a new VPC", () => {
  refuses([
    {
      what: "an address without a length",
      change: { network: { ...newNetwork, cidr: "10.0.0.0" } },
      path: "network.cidr",
      got: "10.0.0.0",
      allowed: "a private IPv4 CIDR from /16 to /22, such as 10.20.0.0/16",
      remedy: "change it to an allowed value",
    },
    {
      what: "an octet of 256",
      change: { network: { ...newNetwork, cidr: "10.256.0.0/16" } },
      path: "network.cidr",
      got: "10.256.0.0/16",
      allowed: "a private IPv4 CIDR",
      remedy: "change it to an allowed value",
    },
    {
      what: "IPv6",
      change: { network: { ...newNetwork, cidr: "fd00::/16" } },
      path: "network.cidr",
      got: "fd00::/16",
      allowed: "a private IPv4 CIDR",
      remedy: "change it to an allowed value",
    },
    {
      what: "an address inside the range, saying the first one",
      change: { network: { ...newNetwork, cidr: "10.0.5.0/16" } },
      path: "network.cidr",
      got: "10.0.5.0/16",
      allowed: "from /16 to /22",
      remedy: "write the range's first address: 10.0.0.0/16",
    },
    {
      what: "a public range",
      change: { network: { ...newNetwork, cidr: "198.51.0.0/16" } },
      path: "network.cidr",
      got: "198.51.0.0/16",
      allowed: "RFC 1918 or 100.64.0.0/10",
      remedy: "choose a private range",
    },
    {
      what: "a range that is half private",
      change: { network: { ...newNetwork, cidr: "172.32.0.0/16" } },
      path: "network.cidr",
      got: "172.32.0.0/16",
      allowed: "RFC 1918",
      remedy: "choose a private range",
    },
    {
      what: "more than AWS allows",
      change: { network: { ...newNetwork, cidr: "10.0.0.0/15" } },
      path: "network.cidr",
      got: "10.0.0.0/15",
      allowed: "from /16 to /22",
      remedy: "AWS's largest",
    },
    {
      what: "too few addresses for sixteen blocks",
      change: { network: { ...newNetwork, cidr: "10.0.0.0/23" } },
      path: "network.cidr",
      got: "10.0.0.0/23",
      allowed: "from /16 to /22",
      remedy: "its sixteenth, a /26",
    },
  ]);
});

describe("zones", () => {
  refuses([
    {
      what: "one zone",
      change: { network: { ...newNetwork, zones: ["eu-west-1a"] } },
      path: "network.zones",
      got: ["eu-west-1a"],
      allowed: "2 to 4 different zones of the region, such as eu-west-1a",
      remedy: "change it to an allowed value",
    },
    {
      what: "five zones",
      change: { network: { ...newNetwork, zones: fiveZones } },
      path: "network.zones",
      got: fiveZones,
      allowed: "2 to 4 different zones of the region, such as eu-west-1a",
      remedy: "change it to an allowed value",
    },
    {
      what: "a zone of another region",
      change: { network: { ...newNetwork, zones: ["eu-west-1a", "eu-west-2b"] } },
      path: "network.zones.1",
      got: "eu-west-2b",
      allowed: "2 to 4 different zones of eu-west-1, such as eu-west-1a",
      remedy: "name a zone of eu-west-1, or change region",
    },
    {
      what: "a zone twice",
      change: { network: { ...newNetwork, zones: ["eu-west-1a", "eu-west-1a"] } },
      path: "network.zones",
      got: "eu-west-1a",
      allowed: "each once",
      remedy: "name eu-west-1a once",
    },
    {
      what: "a text instead of a list",
      change: { network: { ...newNetwork, zones: "eu-west-1a" } },
      path: "network.zones",
      got: "eu-west-1a",
      allowed: "2 to 4 different zones of the region, such as eu-west-1a",
      remedy: "write a list",
    },
  ]);
});

describe("explicit subnets", () => {
  refuses([
    {
      what: "fewer subnets than zones",
      change: {
        network: {
          ...newNetwork,
          subnets: {
            kind: "explicit",
            private: ["10.0.16.0/20"],
            isolated: ["10.0.0.0/24", "10.0.1.0/24"],
            public: ["10.0.2.0/24", "10.0.3.0/24"],
          },
        },
      },
      path: "network.subnets.private",
      got: ["10.0.16.0/20"],
      allowed: "2 CIDRs, one for each zone",
      remedy: "give those of eu-west-1a, eu-west-1b, in this order",
    },
    {
      what: "a public tier that nothing needs",
      change: {
        network: {
          ...newNetwork,
          nat: "none",
          interfaceEndpoints: nodeEndpoints,
          subnets: {
            kind: "explicit",
            private: ["10.0.16.0/20", "10.0.32.0/20"],
            isolated: ["10.0.0.0/24", "10.0.1.0/24"],
            public: ["10.0.2.0/24", "10.0.3.0/24"],
          },
        },
      },
      path: "network.subnets.public",
      got: ["10.0.2.0/24", "10.0.3.0/24"],
      allowed: "no CIDRs: only NAT gateways or a public load balancer",
      remedy: "leave it out",
    },
    {
      what: "no public tier for NAT gateways",
      change: {
        network: {
          ...newNetwork,
          subnets: {
            kind: "explicit",
            private: ["10.0.16.0/20", "10.0.32.0/20"],
            isolated: ["10.0.0.0/24", "10.0.1.0/24"],
            public: [],
          },
        },
      },
      path: "network.subnets.public",
      got: [],
      allowed: "2 CIDRs, one for each zone",
      remedy: "give those of eu-west-1a, eu-west-1b",
    },
    {
      what: "a subnet outside of the VPC",
      change: {
        network: {
          ...newNetwork,
          subnets: {
            kind: "explicit",
            private: ["10.0.16.0/20", "10.1.0.0/20"],
            isolated: ["10.0.0.0/24", "10.0.1.0/24"],
            public: ["10.0.2.0/24", "10.0.3.0/24"],
          },
        },
      },
      path: "network.subnets.private.1",
      got: "10.1.0.0/20",
      allowed: "a block inside 10.0.0.0/16, /28 or larger, written with its first address",
      remedy: "move it into the VPC, or change network.cidr",
    },
    {
      what: "a subnet that is not written with its first address",
      change: {
        network: {
          ...newNetwork,
          subnets: {
            kind: "explicit",
            private: ["10.0.16.0/20", "10.0.33.0/20"],
            isolated: ["10.0.0.0/24", "10.0.1.0/24"],
            public: ["10.0.2.0/24", "10.0.3.0/24"],
          },
        },
      },
      path: "network.subnets.private.1",
      got: "10.0.33.0/20",
      allowed: "a block inside 10.0.0.0/16, /28 or larger, written with its first address",
      remedy: "write 10.0.32.0/20",
    },
    {
      what: "a subnet smaller than AWS allows",
      change: {
        network: {
          ...newNetwork,
          subnets: {
            kind: "explicit",
            private: ["10.0.16.0/20", "10.0.32.0/20"],
            isolated: ["10.0.0.0/24", "10.0.1.0/29"],
            public: ["10.0.2.0/24", "10.0.3.0/24"],
          },
        },
      },
      path: "network.subnets.isolated.1",
      got: "10.0.1.0/29",
      allowed: "a block inside 10.0.0.0/16, /28 or larger, written with its first address",
      remedy: "AWS's smallest subnet is a /28",
    },
    {
      what: "a subnet inside one of another tier",
      change: {
        network: {
          ...newNetwork,
          subnets: {
            kind: "explicit",
            private: ["10.0.16.0/20", "10.0.32.0/20"],
            isolated: ["10.0.0.0/24", "10.0.17.0/24"],
            public: ["10.0.2.0/24", "10.0.3.0/24"],
          },
        },
      },
      path: "network.subnets.isolated.1",
      got: "10.0.17.0/24",
      allowed: "subnets that share no address",
      remedy: "it overlaps network.subnets.private.0 (10.0.16.0/20)",
    },
    {
      what: "no word on how subnets are chosen",
      change: { network: { ...newNetwork, subnets: {} } },
      path: "network.subnets.kind",
      got: undefined,
      allowed: '"derived", "explicit"',
      remedy: "add it: it has no default",
    },
  ]);
});

describe("the way to AWS", () => {
  refuses([
    {
      what: "no NAT and no endpoints, naming those that are missing",
      change: { network: { ...newNetwork, nat: "none", interfaceEndpoints: ["kms", "logs", "ssm"] } },
      path: "network.interfaceEndpoints",
      got: ["kms", "logs", "ssm"],
      allowed: 'with nat "none" at least autoscaling, ec2messages, logs, monitoring, secretsmanager, ssm, ssmmessages',
      remedy: "add autoscaling, ec2messages, monitoring, secretsmanager, ssmmessages, or choose a NAT",
    },
    {
      what: "an unknown service, naming the one that was meant",
      change: { network: { ...newNetwork, interfaceEndpoints: ["secretmanager"] } },
      path: "network.interfaceEndpoints.0",
      got: "secretmanager",
      allowed: "any of autoscaling, ec2messages, kms",
      remedy: 'did you mean "secretsmanager"?',
    },
    {
      what: "a service twice",
      change: { network: { ...newNetwork, interfaceEndpoints: ["kms", "kms"] } },
      path: "network.interfaceEndpoints",
      got: "kms",
      allowed: "each once",
      remedy: "name kms once",
    },
    {
      what: "an unknown kind of NAT",
      change: { network: { ...newNetwork, nat: "perzone" } },
      path: "network.nat",
      got: "perzone",
      allowed: '"per-zone", "single", "none"',
      remedy: 'did you mean "per-zone"?',
    },
  ]);
});

describe("an existing VPC", () => {
  refuses([
    {
      what: "a network kind that does not exist",
      change: { network: { ...newNetwork, kind: "imported" } },
      path: "network.kind",
      got: "imported",
      allowed: '"new", "existing"',
      remedy: "change it to an allowed value",
    },
    {
      what: "a VPC id of another form",
      change: { network: { ...existingNetwork, vpcId: "vpc-main" }, pgpool: namedClients },
      path: "network.vpcId",
      got: "vpc-main",
      allowed: 'an id such as "vpc-0a1b2c3d4e5f60718"',
      remedy: "change it to an allowed value",
    },
    {
      what: "a subnet id of another form",
      change: { network: { ...existingNetwork, privateSubnetIds: ["subnet-0000000a", "sn-1"] }, pgpool: namedClients },
      path: "network.privateSubnetIds.1",
      got: "sn-1",
      allowed: '2 to 4 ids such as "subnet-0a1b2c3d4e5f60718"',
      remedy: "change it to an allowed value",
    },
    {
      what: "a database in one zone",
      change: { network: { ...existingNetwork, isolatedSubnetIds: ["subnet-0000001a"] }, pgpool: namedClients },
      path: "network.isolatedSubnetIds",
      got: ["subnet-0000001a"],
      allowed: "2 to 4 ids",
      remedy: "change it to an allowed value",
    },
    {
      what: "a subnet in two tiers",
      change: {
        network: { ...existingNetwork, isolatedSubnetIds: ["subnet-0000000a", "subnet-0000001b"] },
        pgpool: namedClients,
      },
      path: "network.isolatedSubnetIds",
      got: "subnet-0000000a",
      allowed: "each subnet once, in one tier",
      remedy: "the database's have no route out",
    },
    {
      what: "no word on the way to AWS",
      change: { network: { ...existingNetwork, egress: undefined }, pgpool: namedClients },
      path: "network.egress",
      got: undefined,
      allowed: '{ kind: one of "internet", "endpoints"; … }',
      remedy: "add it: it has no default",
    },
    {
      what: "endpoints without their security group",
      change: {
        network: { ...existingNetwork, egress: { kind: "endpoints", s3PrefixListId: "pl-6da54004" } },
        pgpool: namedClients,
      },
      path: "network.egress.securityGroupId",
      got: undefined,
      allowed: 'an id such as "sg-0a1b2c3d4e5f60718"',
      remedy: "add it: it has no default",
    },
    {
      what: "an unknown way to AWS",
      change: { network: { ...existingNetwork, egress: { kind: "nat" } }, pgpool: namedClients },
      path: "network.egress.kind",
      got: "nat",
      allowed: '"internet", "endpoints"',
      remedy: "change it to an allowed value",
    },
    {
      what: "nobody who may connect",
      change: { network: existingNetwork },
      path: "pgpool.exposure.allowedCidrs",
      got: [],
      allowed: "in an existing VPC: at least one of allowedCidrs and clientSecurityGroupIds",
      remedy: "such as the VPC's CIDR",
    },
    {
      what: "a public load balancer without public subnets",
      change: { network: { ...existingNetwork, publicSubnetIds: [] }, pgpool: { exposure: { kind: "world" } } },
      path: "network.publicSubnetIds",
      got: [],
      allowed: "2 to 4 ids",
      remedy: "or make the exposure private",
    },
    {
      what: "a public load balancer in one zone",
      change: {
        network: { ...existingNetwork, publicSubnetIds: ["subnet-0000002a"] },
        pgpool: { exposure: { kind: "world" } },
      },
      path: "network.publicSubnetIds",
      got: ["subnet-0000002a"],
      allowed: "2 to 4 ids",
      remedy: "in at least two zones",
    },
  ]);
});
