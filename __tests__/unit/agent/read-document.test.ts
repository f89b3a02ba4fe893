import { loadDocument, parseDocument } from "../../../agent/read-document";
import { documentWith } from "../../support/boot-document";
import { TestNode } from "./support/node";

const parse = (raw: unknown) => parseDocument("boot.json", raw);
const faultsOf = (raw: unknown): string => {
  try {
    parse(raw);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("it was accepted");
};

test("takes what the stack writes", () => {
  expect(parse(documentWith())).toEqual(documentWith());
});

test("lists everything that is missing, unknown or malformed in one message", () => {
  const message = faultsOf({
    ...documentWith(),
    region: undefined,
    secretArn: "it is not an ARN",
    logGroups: "/nodes",
    settings: { num_init_children: 4, session_consistency: "strong", tunables: {}, client_idle_limit: 10, max_pool: 4 },
  });
  expect(message).toContain("boot.json has 6 faults; nothing was written.");
  expect(message).toContain("region\n  got      nothing\n  allowed  a region's name such as eu-west-1");
  expect(message).toContain('secretArn\n  got      "it is not an ARN"');
  expect(message).toContain("settings.num_init_children\n  got      4\n  allowed  a whole number from 8 to 1000");
  expect(message).toContain("settings.readers\n  got      nothing\n  allowed  endpoint, instances");
  expect(message).toContain("(it knows logGroup)");
  expect(message).toContain(
    "settings.max_pool\n  got      4\n  allowed  num_init_children, session_consistency, readers, tunables, client_idle_limit",
  );
});

test.each(Object.keys(documentWith()))("refuses a document without %s", (field) => {
  const message = faultsOf({ ...documentWith(), [field]: undefined });
  expect(message).toContain(`${field}\n  got      nothing`);
});

test("refuses the form of another release", () => {
  expect(faultsOf({ ...documentWith(), version: 2 })).toContain("version\n  got      2\n  allowed  1");
});

test.each(["a'b", "host name", "host\nname", "-h.example.com", "", "${Token[TOKEN.1]}"])(
  "refuses %j as an endpoint, which would end up in pgpool.conf",
  (writerEndpoint) => {
    expect(faultsOf({ ...documentWith(), writerEndpoint })).toContain("allowed  a host name");
  },
);

test.each([null, 3, "text", []])("refuses %j as a document", (raw) => {
  expect(faultsOf(raw)).toContain("boot.json has 1 fault");
});

test("says what is wrong with the file itself", () => {
  const node = new TestNode();
  const { bootDocument } = node.host.paths;
  node.write(bootDocument, '{"version": 1,');
  expect(() => loadDocument(bootDocument)).toThrow(/boot\.json is no JSON/);
  node.remove();
  expect(() => loadDocument(bootDocument)).toThrow("there is no boot document");
});
