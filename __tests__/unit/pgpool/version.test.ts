import { isAtLeast, parsePgpoolVersion } from "../../../pgpool/version";

test.each([
  ["pgpool-II version 4.3.5 (tamahomeboshi)\n", { major: 4, minor: 3 }],
  ["4.7.2", { major: 4, minor: 7 }],
  ["4.10", { major: 4, minor: 10 }],
])("reads %j", (text, version) => {
  expect(parsePgpoolVersion(text)).toEqual(version);
});

test("compares numbers, not text: 4.10 is newer than 4.7, and 5.0 than both", () => {
  expect(isAtLeast(parsePgpoolVersion("4.10"), parsePgpoolVersion("4.7"))).toBe(true);
  expect(isAtLeast(parsePgpoolVersion("5.0"), parsePgpoolVersion("4.7"))).toBe(true);
  expect(isAtLeast(parsePgpoolVersion("4.6"), parsePgpoolVersion("4.7"))).toBe(false);
});

test("refuses what names no version, and a series that is too old", () => {
  expect(() => parsePgpoolVersion("command not found")).toThrow('"command not found" does not say');
  expect(() => parsePgpoolVersion("4.2.9")).toThrow("too old");
});
