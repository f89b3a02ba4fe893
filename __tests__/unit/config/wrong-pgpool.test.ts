import { join } from "node:path";
import { refuses } from "../../support/wrong-input";

const files = join(__dirname, "manifests");

describe("the size of the fleet", () => {
  refuses([
    {
      what: "more fewest than most nodes",
      change: { pgpool: { minCapacity: 5 } },
      path: "pgpool.minCapacity",
      got: 5,
      allowed: "at most maxCapacity (4)",
      remedy: "lower it, or raise pgpool.maxCapacity",
    },
    {
      what: "a start below the fewest",
      change: { pgpool: { minCapacity: 3 } },
      path: "pgpool.desiredCapacity",
      got: 2,
      allowed: "from minCapacity (3) to maxCapacity (4)",
      remedy: "move it between the two",
    },
    {
      what: "a start above the most",
      change: { pgpool: { desiredCapacity: 5 } },
      path: "pgpool.desiredCapacity",
      got: 5,
      allowed: "from minCapacity (2) to maxCapacity (4)",
      remedy: "move it between the two",
    },
    {
      what: "an empty fleet",
      change: { pgpool: { minCapacity: 0 } },
      path: "pgpool.minCapacity",
      got: 0,
      allowed: "a whole number from 1 to 100",
      remedy: "change it to an allowed value",
    },
    {
      what: "something that is no instance type",
      change: { pgpool: { instanceType: "medium" } },
      path: "pgpool.instanceType",
      got: "medium",
      allowed: "an EC2 instance type such as t3.medium",
      remedy: "change it to an allowed value",
    },
  ]);
});

describe("readers", () => {
  refuses([
    {
      what: "backends for readers where there is none",
      change: { pgpool: { readers: { kind: "instances" } }, database: { replicaCount: 0 } },
      path: "pgpool.readers.kind",
      got: "instances",
      allowed: "endpoint, since database.replicaCount is 0: there is no reader",
      remedy: "set database.replicaCount to 1 or more, or leave pgpool.readers out",
    },
    {
      what: "an unknown way to reach them",
      change: { pgpool: { readers: { kind: "custom" } } },
      path: "pgpool.readers.kind",
      got: "custom",
      allowed: '"endpoint", "instances"',
      remedy: "change it to an allowed value",
    },
  ]);
});

describe("exposure", () => {
  refuses([
    {
      what: "an unknown kind",
      change: { pgpool: { exposure: { kind: "open" } } },
      path: "pgpool.exposure.kind",
      got: "open",
      allowed: '"private", "public", "world"',
      remedy: "change it to an allowed value",
    },
    {
      what: "public exposure without ranges",
      change: { pgpool: { exposure: { kind: "public" } } },
      path: "pgpool.exposure.allowedCidrs",
      got: undefined,
      allowed: "one or more IPv4 CIDRs from /8 to /32",
      remedy: "add it: it has no default",
    },
    {
      what: "public exposure for no ranges",
      change: { pgpool: { exposure: { kind: "public", allowedCidrs: [] } } },
      path: "pgpool.exposure.allowedCidrs",
      got: [],
      allowed: "one or more IPv4 CIDRs",
      remedy: "change it to an allowed value",
    },
    {
      what: "public exposure for every address",
      change: { pgpool: { exposure: { kind: "public", allowedCidrs: ["0.0.0.0/0"] } } },
      path: "pgpool.exposure.allowedCidrs.0",
      got: "0.0.0.0/0",
      allowed: "IPv4 CIDRs from /8 to /32",
      remedy: 'only exposure { kind: "world" } opens it to every address',
    },
    {
      what: "private exposure for every address",
      change: { pgpool: { exposure: { kind: "private", allowedCidrs: ["10.0.0.0/8", "0.0.0.0/0"] } } },
      path: "pgpool.exposure.allowedCidrs.1",
      got: "0.0.0.0/0",
      allowed: "IPv4 CIDRs from /8 to /32",
      remedy: 'only exposure { kind: "world" } opens it to every address',
    },
    {
      what: "half of all addresses",
      change: { pgpool: { exposure: { kind: "public", allowedCidrs: ["0.0.0.0/1"] } } },
      path: "pgpool.exposure.allowedCidrs.0",
      got: "0.0.0.0/1",
      allowed: "IPv4 CIDRs from /8 to /32",
      remedy: 'only exposure { kind: "world" } opens it to every address',
    },
    {
      what: "a range that is not written with its first address",
      change: { pgpool: { exposure: { kind: "private", allowedCidrs: ["10.1.2.3/16"] } } },
      path: "pgpool.exposure.allowedCidrs.0",
      got: "10.1.2.3/16",
      allowed: "a range written with its first address",
      remedy: "write 10.1.0.0/16",
    },
    {
      what: "a range twice",
      change: { pgpool: { exposure: { kind: "private", allowedCidrs: ["10.1.0.0/16", "10.1.0.0/16"] } } },
      path: "pgpool.exposure.allowedCidrs",
      got: "10.1.0.0/16",
      allowed: "each once",
      remedy: "name 10.1.0.0/16 once",
    },
    {
      what: "security groups of clients on a public load balancer",
      change: {
        pgpool: { exposure: { kind: "public", allowedCidrs: ["198.51.100.0/24"], clientSecurityGroupIds: [] } },
      },
      path: "pgpool.exposure.clientSecurityGroupIds",
      got: [],
      allowed: "kind, allowedCidrs",
      remedy: 'it is a setting of pgpool.exposure.kind "private"',
    },
    {
      what: "a security group id of another form",
      change: { pgpool: { exposure: { kind: "private", clientSecurityGroupIds: ["apps"] } } },
      path: "pgpool.exposure.clientSecurityGroupIds.0",
      got: "apps",
      allowed: 'ids such as "sg-0a1b2c3d4e5f60718"',
      remedy: "change it to an allowed value",
    },
    {
      what: "a host name with capitals",
      change: { pgpool: { dns: { zoneId: "Z0123456789ABCDEFGHIJ", name: "DB.example.com" } } },
      path: "pgpool.dns.name",
      got: "DB.example.com",
      allowed: "a lower-case host name of that zone",
      remedy: "change it to an allowed value",
    },
    {
      what: "a name without its zone",
      change: { pgpool: { dns: { name: "db.example.com" } } },
      path: "pgpool.dns.zoneId",
      got: undefined,
      allowed: 'an id such as "Z0123456789ABCDEFGHIJ"',
      remedy: "add it: it has no default",
    },
  ]);
});

describe("the image", () => {
  refuses([
    {
      what: "an unknown kind",
      change: { image: { kind: "ami", id: "ami-0a1b2c3d" } },
      path: "image.kind",
      got: "ami",
      allowed: '"id", "manifest", "parameter", "lookup"',
      remedy: "change it to an allowed value",
    },
    {
      what: "an id of another form",
      change: { image: { kind: "id", id: "ami-123" } },
      path: "image.id",
      got: "ami-123",
      allowed: 'an id such as "ami-0a1b2c3d4e5f60718"',
      remedy: "change it to an allowed value",
    },
    {
      what: "an arm64 image on an x86_64 type",
      change: { image: { kind: "id", id: "ami-0a1b2c3d", architecture: "arm64" } },
      path: "pgpool.instanceType",
      got: "t3.medium",
      allowed: "an instance type for arm64, the image's architecture",
      remedy: 't3.medium is x86_64: choose another type, or set image.architecture to "x86_64"',
    },
    {
      what: "an x86_64 image on an arm64 type",
      change: { pgpool: { instanceType: "m7g.large" } },
      path: "pgpool.instanceType",
      got: "m7g.large",
      allowed: "an instance type for x86_64",
      remedy: 'm7g.large is arm64: choose another type, or set image.architecture to "arm64"',
    },
    {
      what: "a parameter that does not start with a slash",
      change: { image: { kind: "parameter", name: "image" } },
      path: "image.name",
      got: "image",
      allowed: "a name that starts with /",
      remedy: "change it to an allowed value",
    },
    {
      what: "a lookup of any image of an owner",
      change: { image: { kind: "lookup", owner: "self", tags: {} } },
      path: "image.tags",
      got: {},
      allowed: "at least one tag",
      remedy: "change it to an allowed value",
    },
    {
      what: "a manifest that is not there",
      change: { image: { kind: "manifest", path: join(files, "none.json") } },
      path: "image.path",
      got: join(files, "none.json"),
      allowed: "a manifest that packer has written",
      remedy: "build an image first, or choose image by id, parameter or lookup",
    },
    {
      what: "a manifest that is not JSON",
      change: { image: { kind: "manifest", path: join(files, "cut-off.txt") } },
      path: "image.path",
      got: join(files, "cut-off.txt"),
      allowed: "a packer manifest (JSON)",
      remedy: "build the image again",
    },
    {
      what: "a manifest of another form",
      change: { image: { kind: "manifest", path: join(files, "other-form.json") } },
      path: "image.path",
      got: join(files, "other-form.json"),
      allowed: "a packer manifest (JSON)",
      remedy: "build the image again",
    },
    {
      what: "a manifest without an image in the region",
      change: { image: { kind: "manifest", path: join(files, "frankfurt.json") } },
      path: "image.path",
      got: join(files, "frankfurt.json"),
      allowed: "a last build with an x86_64 image in eu-west-1",
      remedy: "build one for eu-west-1, or copy it there",
    },
  ]);
});

describe("the certificate that clients are shown", () => {
  const arn = (region: string) => `arn:aws:secretsmanager:${region}:111122223333:secret:certificate-AbCdEf`;
  const keyArn = "arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d-0000-4000-8000-00000000000a";
  const certificate = (settings: object) => ({ pgpool: { certificate: { kind: "secret", ...settings } } });
  refuses([
    {
      what: "a secret of another region",
      change: certificate({ secretArn: arn("eu-central-1") }),
      path: "pgpool.certificate.secretArn",
      got: arn("eu-central-1"),
      allowed: "an ARN of eu-west-1",
      remedy: "replicate the secret to this region",
    },
    {
      what: "a key of another region",
      change: certificate({ secretArn: arn("eu-west-1"), keyArn }),
      path: "pgpool.certificate.keyArn",
      got: keyArn,
      allowed: "an ARN of eu-west-1",
      remedy: "replicate the secret to this region",
    },
    {
      what: "the ARN of a certificate in ACM, whose key nobody gets",
      change: certificate({ secretArn: "arn:aws:acm:eu-west-1:111122223333:certificate/0a1b" }),
      path: "pgpool.certificate.secretArn",
      got: "arn:aws:acm:eu-west-1:111122223333:certificate/0a1b",
      allowed: "the whole ARN of a secret of this region",
      remedy: "change it to an allowed value",
    },
    {
      what: "a secret without its ARN",
      change: certificate({}),
      path: "pgpool.certificate.secretArn",
      got: undefined,
      allowed: "the whole ARN of a secret of this region",
      remedy: "add it: it has no default",
    },
    {
      what: "a certificate in the configuration",
      change: { pgpool: { certificate: { kind: "self-signed", secretArn: arn("eu-west-1") } } },
      path: "pgpool.certificate.secretArn",
      got: arn("eu-west-1"),
      allowed: "kind",
      remedy: 'it is a setting of pgpool.certificate.kind "secret"',
    },
  ]);
});
