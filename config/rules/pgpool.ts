import { architectureOf } from "../architecture";
import { isAligned, formatCidr, parseCidr } from "../cidr";
import { imageFromManifest } from "../image-manifest";
import { isPublic } from "../public-tier";
import type { Rule } from "./rule";

const capacity: Rule = {
  reads: ["pgpool.minCapacity", "pgpool.maxCapacity", "pgpool.desiredCapacity"],
  check: ({ pgpool: { minCapacity, maxCapacity, desiredCapacity } }) => {
    if (minCapacity > maxCapacity) {
      const allowed = `at most maxCapacity (${maxCapacity})`;
      return [
        { path: "pgpool.minCapacity", got: minCapacity, allowed, remedy: "lower it, or raise pgpool.maxCapacity" },
      ];
    }
    if (desiredCapacity >= minCapacity && desiredCapacity <= maxCapacity) return [];
    const allowed = `from minCapacity (${minCapacity}) to maxCapacity (${maxCapacity})`;
    return [{ path: "pgpool.desiredCapacity", got: desiredCapacity, allowed, remedy: "move it between the two" }];
  },
};

const cidrs: Rule = {
  reads: ["pgpool.exposure"],
  check: ({ pgpool: { exposure } }) => {
    if (exposure.kind === "world") return [];
    return exposure.allowedCidrs.flatMap((got, index) => {
      const range = parseCidr(got);
      const path = `pgpool.exposure.allowedCidrs.${index}`;
      if (range.prefix < 8) {
        const remedy = 'name the ranges of your clients; only exposure { kind: "world" } opens it to every address';
        return [{ path, got, allowed: "IPv4 CIDRs from /8 to /32", remedy }];
      }
      if (isAligned(range)) return [];
      return [{ path, got, allowed: "a range written with its first address", remedy: `write ${formatCidr(range)}` }];
    });
  },
};

const existingNetwork: Rule = {
  reads: ["pgpool.exposure", "network"],
  check: ({ network, pgpool: { exposure } }) => {
    if (network.kind === "new") return [];
    if (isPublic(exposure) && network.publicSubnetIds.length < 2) {
      const remedy = "add the ids of public subnets in at least two zones, or make the exposure private";
      return [{ path: "network.publicSubnetIds", got: network.publicSubnetIds, allowed: "2 to 4 ids", remedy }];
    }
    if (exposure.kind !== "private" || exposure.allowedCidrs.length + exposure.clientSecurityGroupIds.length > 0)
      return [];
    const allowed = "in an existing VPC: at least one of allowedCidrs and clientSecurityGroupIds";
    const remedy = "name who may connect, such as the VPC's CIDR";
    return [{ path: "pgpool.exposure.allowedCidrs", got: exposure.allowedCidrs, allowed, remedy }];
  },
};

const architecture: Rule = {
  reads: ["pgpool.instanceType", "image.architecture"],
  check: ({ image, pgpool: { instanceType } }) => {
    const own = architectureOf(instanceType);
    if (own === image.architecture) return [];
    const allowed = `an instance type for ${image.architecture}, the image's architecture`;
    const remedy = `${instanceType} is ${own}: choose another type, or set image.architecture to "${own}" and build it`;
    return [{ path: "pgpool.instanceType", got: instanceType, allowed, remedy }];
  },
};

const certificate: Rule = {
  reads: ["pgpool.certificate", "region"],
  check: ({ region, pgpool }) => {
    if (pgpool.certificate.kind === "self-signed") return [];
    const { secretArn, keyArn } = pgpool.certificate;
    return Object.entries({ secretArn, keyArn }).flatMap(([name, got]) => {
      if (got === undefined || got.split(":")[3] === region) return [];
      const remedy = "replicate the secret to this region, and name the replica";
      return [{ path: `pgpool.certificate.${name}`, got, allowed: `an ARN of ${region}`, remedy }];
    });
  },
};

const readers: Rule = {
  reads: ["pgpool.readers", "database.replicaCount"],
  check: ({ database, pgpool }) => {
    if (pgpool.readers.kind === "endpoint" || database.replicaCount > 0) return [];
    const allowed = "endpoint, since database.replicaCount is 0: there is no reader";
    const remedy = "set database.replicaCount to 1 or more, or leave pgpool.readers out";
    return [{ path: "pgpool.readers.kind", got: pgpool.readers.kind, allowed, remedy }];
  },
};

const manifest: Rule = {
  reads: ["image", "region"],
  check: ({ image, region }) => {
    if (image.kind !== "manifest") return [];
    const found = imageFromManifest(image, region);
    return typeof found === "string" ? [] : [found];
  },
};

/** Rules of the fleet and its image. */
export const pgpoolRules: readonly Rule[] = [
  capacity,
  cidrs,
  existingNetwork,
  architecture,
  certificate,
  readers,
  manifest,
];
