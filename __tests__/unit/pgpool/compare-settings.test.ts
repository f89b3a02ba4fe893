import { compareSettings, writtenSettings } from "../../../pgpool/compare-settings";
import { renderPgpoolConf } from "../../../pgpool/pgpool-conf";
import { siteWith } from "./site";

test("reads back what was rendered, and leaves out what is secret", () => {
  const written = writtenSettings(renderPgpoolConf({ major: 4, minor: 7 }, siteWith({ healthUser: 'a#b"c=d\\' })));
  expect(written).toMatchObject({
    health_check_user1: 'a#b"c=d\\',
    memqcache_total_size: "8MB",
    enable_pool_hba: "on",
    pcp_listen_addresses: "",
  });
  expect(Object.keys(written).filter((name) => name.includes("passw"))).toEqual([]);
});

test.each([
  ["3000", "3s"],
  ["30", "30s"],
  ["3600", "1h"],
  ["3590", "3590s"],
  ["120", "2min"],
  ["8MB", "8192kB"],
  ["0", "0"],
  ["ALWAYS_PRIMARY|DISALLOW_TO_FAILOVER", "DISALLOW_TO_FAILOVER"],
  ["", ""],
])("takes %j and %j for the same", (written, shown) => {
  expect(compareSettings({ setting: written }, { setting: shown })).toEqual([]);
});

test.each([
  ["on", "off"],
  ["30", "31s"],
  ["8MB", "8GB"],
  ["always", "transaction"],
  ["ALWAYS_PRIMARY|DISALLOW_TO_FAILOVER", "ALLOW_TO_FAILOVER"],
  ["3000", "3h"],
  ["off", ""],
])("tells %j from %j", (written, shown) => {
  expect(compareSettings({ setting: written }, { setting: shown })).toEqual([{ name: "setting", written, shown }]);
});

test("finds a setting that Pgpool-II does not know", () => {
  expect(compareSettings({ nonsense: "1" }, {})).toEqual([{ name: "nonsense", written: "1", shown: undefined }]);
});
