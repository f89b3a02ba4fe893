import { faultsWith, refuses } from "../../support/wrong-input";

const healthUser = { kind: "dedicated" };
const serverless = { kind: "serverless", minAcu: 0.5, maxAcu: 64 };

refuses([
  {
    what: "a dedicated health user on a class without the Data API, which is the default",
    change: { database: { healthUser } },
    path: "database.capacity.instanceClass",
    got: "db.t3.medium",
    allowed: "any class but db.t…",
    remedy: 'choose a class such as db.r7g.large, or database.healthUser { kind: "master" }',
  },
  ...["15.2", "16.0", "17.3"].map((version) => ({
    what: `a dedicated health user on ${version}`,
    change: { database: { healthUser, capacity: serverless, engineVersion: version } },
    path: "database.engineVersion",
    got: version,
    allowed: `from "${version.slice(0, 3)}${{ "15": "3", "16": "1", "17": "4" }[version.slice(0, 2)] ?? ""}" on`,
    remedy: "choose a later version",
  })),
  {
    what: "a dedicated health user that is the master user",
    change: {
      database: { capacity: serverless, masterUsername: "Health", healthUser: { ...healthUser, username: "health" } },
    },
    path: "database.healthUser.username",
    got: "health",
    allowed: "a name other than masterUsername (Health)",
    remedy: "choose another name",
  },
  ...["Health", "pg_health", "rdshealth", "public", 'a"b', "1st", ""].map((username) => ({
    what: `the name ${JSON.stringify(username)}`,
    change: { database: { capacity: serverless, healthUser: { ...healthUser, username } } },
    path: "database.healthUser.username",
    got: username,
    allowed: "1 to 63 lower-case letters, digits or _",
    remedy: "change it to an allowed value",
  })),
  {
    what: "a name for the master user here",
    change: { database: { healthUser: { kind: "master", username: "x" } } },
    path: "database.healthUser.username",
    got: "x",
    allowed: "kind",
    remedy: 'it is a setting of database.healthUser.kind "dedicated"',
  },
]);

test.each(["15", "15.3", "16.1", "17", "17.4", "17.10"])("takes a dedicated health user on %s", (engineVersion) => {
  expect(faultsWith({ database: { healthUser, capacity: serverless, engineVersion } })).toEqual([]);
});
