import { parse } from "@cdktf/hcl2json";
import { HclExpression, interpolated, renderHcl, type HclValue } from "../../../render/hcl";

const expression = (source: string): HclExpression => new HclExpression(source);
const locals = (attributes: Record<string, HclValue | undefined>): string =>
  renderHcl([{ type: "locals", attributes }]);
const parsed = async (value: HclValue): Promise<unknown> =>
  ((await parse("a.hcl", locals({ value }))) as { locals: [{ value: unknown }] }).locals[0].value;

describe("HCL writer", () => {
  test("writes blocks with labels, attributes first, nested blocks after a blank line", () => {
    const inner = { type: "filter", attributes: { name: "state" } };
    expect(renderHcl([{ type: "data", labels: ["a", "b"], attributes: { x: 1 }, blocks: [inner, inner] }])).toBe(
      [
        'data "a" "b" {',
        "  x = 1",
        "",
        "  filter {",
        '    name = "state"',
        "  }",
        "",
        "  filter {",
        '    name = "state"',
        "  }",
        "}",
        "",
      ].join("\n"),
    );
  });

  test("aligns = among one-line neighbours only, as hclwrite does", () => {
    expect(locals({ a: 1, long: true, map: { k: "v", longer: "w" }, b: "x", cc: [1, 2] })).toBe(
      [
        "locals {",
        "  a    = 1",
        "  long = true",
        "  map = {",
        '    k      = "v"',
        '    longer = "w"',
        "  }",
        '  b  = "x"',
        "  cc = [1, 2]",
        "}",
        "",
      ].join("\n"),
    );
  });

  test("breaks a list that is too long, or holds objects, over lines", () => {
    const long = "x".repeat(60);
    expect(locals({ long: [long, long] })).toContain(`long = [\n    "${long}",\n    "${long}",\n  ]\n`);
    expect(locals({ objects: [{ a: 1 }] })).toContain("objects = [\n    {\n      a = 1\n    },\n  ]\n");
  });

  test("leaves out an attribute without a value", () => {
    expect(locals({ a: undefined, b: 1 })).toBe("locals {\n  b = 1\n}\n");
  });

  test("writes the comment line by line before the first block", () => {
    expect(renderHcl([{ type: "packer" }], "one\ntwo")).toBe("# one\n# two\n\npacker {\n}\n");
  });

  test("writes an expression as it is and a text that looks like one as a text", () => {
    expect(locals({ a: expression("var.a"), b: "var.b", c: "${var.c}", d: "%{if x}" })).toBe(
      'locals {\n  a = var.a\n  b = "var.b"\n  c = "$${var.c}"\n  d = "%%{if x}"\n}\n',
    );
  });

  test("interpolates expressions between literal parts", () => {
    expect(locals({ a: interpolated("x ${y} $", expression("var.a"), "%", expression("var.b")) })).toContain(
      'a = "x $${y} \\u0024${var.a}\\u0025${var.b}"',
    );
  });

  test.each([
    ["quotes and backslashes", 'say "no" \\ \\\\n \\b'],
    ["control characters", "\b\f\n\r\t\u0000\u001b"],
    ["letters of the world", "é ü 漢字 😀 \u2028"],
    ["dollars and percents alone", "$ % $5 100% $$ $(x)"],
    ["a backslash before b", "\\b\\f\\\\b"],
  ])("a real parser reads back %s", async (_, value) => {
    expect(await parsed(value)).toBe(value);
  });

  test("a real parser reads back nested lists and maps, with keys that are no names", async () => {
    const value = { list: [1, true, "x", [{ deep: -1.5 }]], "aws:key / x": "y", empty: {}, none: [] };
    expect(await parsed(value)).toEqual(value);
  });

  test.each([
    ["a name with a space", () => renderHcl([{ type: "a b" }]), /"a b" is not a name in HCL/],
    ["a number that is none", () => locals({ a: Number.NaN }), /NaN is not a number/],
    ["half a surrogate pair", () => locals({ a: "\ud800" }), /half a surrogate pair/],
    ["an expression over lines", () => expression("a\nb"), /several lines/],
  ])("refuses %s", (_, write, message) => {
    expect(write).toThrow(message);
  });
});
