import type { Rule } from "./rule";

/** The first minor version of each major one that has the RDS Data API (Aurora User Guide, "RDS Data API"). */
const firstMinor: Readonly<Record<string, number>> = { "15": 3, "16": 1, "17": 4 };

const instanceClass: Rule = {
  reads: ["database.healthUser", "database.capacity"],
  check: ({ database: { healthUser, capacity } }) => {
    if (healthUser.kind === "master" || capacity.kind === "serverless") return [];
    const got = capacity.instanceClass;
    if (!got.startsWith("db.t")) return [];
    const allowed = "with a dedicated health user any class but db.t…: these have no RDS Data API, which sets it up";
    const remedy = 'choose a class such as db.r7g.large, or database.healthUser { kind: "master" }';
    return [{ path: "database.capacity.instanceClass", got, allowed, remedy }];
  },
};

const engineVersion: Rule = {
  reads: ["database.healthUser", "database.engineVersion"],
  check: ({ database: { healthUser, engineVersion: got } }) => {
    const [major = "", minor] = got.split(".");
    const first = firstMinor[major] ?? 0;
    if (healthUser.kind === "master" || minor === undefined || Number(minor) >= first) return [];
    const allowed = `with a dedicated health user "${major}", or from "${major}.${first}" on: the RDS Data API, which sets it up`;
    const remedy = 'choose a later version, or database.healthUser { kind: "master" }';
    return [{ path: "database.engineVersion", got, allowed, remedy }];
  },
};

const username: Rule = {
  reads: ["database.healthUser", "database.masterUsername"],
  check: ({ database: { healthUser, masterUsername } }) => {
    // RDS folds the master's name to lower case.
    if (healthUser.kind === "master" || healthUser.username !== masterUsername.toLowerCase()) return [];
    const allowed = `a name other than masterUsername (${masterUsername})`;
    const remedy = 'choose another name, or database.healthUser { kind: "master" }';
    return [{ path: "database.healthUser.username", got: healthUser.username, allowed, remedy }];
  },
};

/** Rules of the health user. */
export const healthUserRules: readonly Rule[] = [instanceClass, engineVersion, username];
