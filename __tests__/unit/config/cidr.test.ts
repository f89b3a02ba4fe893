import { contains, formatCidr, isAligned, isPrivate, overlaps, parseCidr, part, size } from "../../../config/cidr";

const range = parseCidr;

test("reads the first address as a number, up to the last address that there is", () => {
  expect(range("0.0.0.0/0")).toEqual({ first: 0, prefix: 0 });
  expect(range("10.1.2.3/16")).toEqual({ first: 10 * 2 ** 24 + 2 ** 16 + 2 * 2 ** 8 + 3, prefix: 16 });
  expect(range("255.255.255.255/32")).toEqual({ first: 2 ** 32 - 1, prefix: 32 });
});

test.each(["0.0.0.0/0", "10.20.0.0/16", "192.168.255.252/30", "255.255.255.255/32"])(
  "writes %s as it read it",
  (text) => {
    expect(formatCidr(range(text))).toBe(text);
  },
);

test("writes a range from its true first address", () => {
  expect(formatCidr(range("10.20.30.40/20"))).toBe("10.20.16.0/20");
  expect(formatCidr(range("255.255.255.255/1"))).toBe("128.0.0.0/1");
});

test("counts addresses", () => {
  expect(["0.0.0.0/0", "10.0.0.0/16", "10.0.0.0/32"].map((text) => size(range(text)))).toEqual([2 ** 32, 65536, 1]);
});

test("tells whether a range is written with its first address", () => {
  expect(isAligned(range("10.0.16.0/20"))).toBe(true);
  expect(isAligned(range("10.0.17.0/20"))).toBe(false);
});

test.each([
  ["10.0.0.0/16", "10.0.0.0/16", true],
  ["10.0.0.0/16", "10.0.255.0/24", true],
  ["10.0.0.0/16", "10.1.0.0/24", false],
  ["10.0.0.0/16", "9.255.255.0/24", false],
  ["10.0.0.0/16", "10.0.0.0/15", false],
])("%s holds all of %s: %s", (outer, inner, expected) => {
  expect(contains(range(outer), range(inner))).toBe(expected);
});

test.each([
  ["10.0.0.0/24", "10.0.0.0/24", true],
  ["10.0.0.0/24", "10.0.0.128/25", true],
  ["10.0.0.0/24", "10.0.1.0/24", false],
  ["0.0.0.0/0", "255.255.255.255/32", true],
])("%s and %s share an address, asked either way: %s", (one, other, expected) => {
  expect(overlaps(range(one), range(other))).toBe(expected);
  expect(overlaps(range(other), range(one))).toBe(expected);
});

test.each(["10.0.0.0/8", "10.255.0.0/16", "172.16.0.0/12", "172.31.0.0/16", "192.168.0.0/16", "100.64.0.0/10"])(
  "%s is private",
  (text) => {
    expect(isPrivate(range(text))).toBe(true);
  },
);

test.each(["9.255.0.0/16", "11.0.0.0/16", "172.32.0.0/16", "192.0.0.0/8", "100.128.0.0/16", "8.0.0.0/6"])(
  "%s is not private, or not all of it",
  (text) => {
    expect(isPrivate(range(text))).toBe(false);
  },
);

test("cuts a range into equal parts, in order", () => {
  expect([0, 1, 15].map((index) => part(range("10.20.0.0/16"), 4, index))).toEqual([
    "10.20.0.0/20",
    "10.20.16.0/20",
    "10.20.240.0/20",
  ]);
});
