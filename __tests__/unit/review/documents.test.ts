import { normalPolicy } from "../../../review/documents/policy-document";
import { readUserData } from "../../../review/documents/boot-document";
import { reviewResource } from "../../../review/review-resource";
import { documentWith } from "../../support/boot-document";
import { changesOf, created, type Entry, updated } from "./support/plans";

const documents = (entry: Entry) => changesOf(entry).flatMap((change) => reviewResource(change).documents);
const userData = (document: object): string => {
  const file = { path: "/etc/pgpool-aurora/boot.json", permissions: "0600", content: JSON.stringify(document) };
  return Buffer.from(`#cloud-config\n${JSON.stringify({ write_files: [file] })}`).toString("base64");
};
const template = (before: object, after: object): Entry =>
  updated("aws_launch_template", { user_data: userData(before) }, { user_data: userData(after) });
const changed = (lines: readonly string[]) => lines.filter((line) => /^[+-]/.test(line));
const bootDocument = documentWith();
const withClients = (children: number) => documentWith({ settings: { num_init_children: children } });

test("another boot document is a difference of lines, in it and in the pgpool.conf that comes from it", () => {
  const found = documents(template(withClients(64), withClients(100)));
  expect(found.map(({ title }) => title)).toEqual(["boot document (user_data)", "pgpool.conf"]);
  expect(found.map(({ lines }) => changed(lines))).toEqual([
    ['-          "num_init_children": 64,', '+          "num_init_children": 100,'],
    ["-num_init_children = 64", "+num_init_children = 100"],
  ]);
});

test("a change that reaches no pgpool.conf shows none", () => {
  const found = documents(template(bootDocument, { ...bootDocument, drainTimeoutSeconds: 999 }));
  expect(found.map(({ title }) => title)).toEqual(["boot document (user_data)"]);
});

test("a boot document of a form that is not known here is compared, but makes no pgpool.conf", () => {
  const found = documents(template({ ...bootDocument, future: 1 }, withClients(100)));
  expect(found.map(({ title }) => title)).toEqual(["boot document (user_data)"]);
});

test("a new boot document comes with its whole pgpool.conf", () => {
  const [boot, conf] = documents(created("aws_launch_template", { user_data: userData(bootDocument) }));
  expect(boot?.lines[0]).toBe("+#cloud-config");
  expect(conf?.lines).toContain("+listen_addresses = '*'");
});

test("user data of any other form is compared as text", () => {
  const script = (line: string) => Buffer.from(`#!/bin/sh\n${line}\n`).toString("base64");
  expect(readUserData(script("echo a"))).toEqual({ text: "#!/bin/sh\necho a\n", document: undefined });
  expect(readUserData("#!/bin/sh\necho a\n")).toEqual(readUserData(script("echo a")));
  const [found] = documents(updated("aws_instance", { user_data: script("echo a") }, { user_data: script("echo b") }));
  expect(changed(found?.lines ?? [])).toEqual(["-echo a", "+echo b"]);
});

test("equal policies are equal lines, whatever their order", () => {
  const one = {
    Version: "2012-10-17",
    Statement: [
      { Sid: "B", Action: ["s3:b", "s3:a"], Resource: "*" },
      { Sid: "A", Action: "s3:c" },
    ],
  };
  const other = {
    Statement: [
      { Action: ["s3:c"], Sid: "A" },
      { Resource: ["*"], Action: ["s3:a", "s3:b"], Sid: "B" },
    ],
    Version: "2012-10-17",
  };
  expect(normalPolicy(JSON.stringify(one))).toBe(normalPolicy(JSON.stringify(other)));
  expect(normalPolicy(JSON.stringify({ ...one, Statement: [] }))).not.toBe(normalPolicy(JSON.stringify(other)));
});

test.each([
  ["no JSON", "hello"],
  ["JSON without statements", '{"a":1}'],
  ["a list", "[1]"],
])("%s is no policy", (_, text) => {
  expect(normalPolicy(text)).toBeUndefined();
});

test("a policy shows the lines that differ, and nothing when only its order does", () => {
  const policy = (...actions: string[]) => ({
    policy: JSON.stringify({ Statement: [{ Sid: "A", Action: actions, Resource: "*" }] }),
  });
  const [found] = documents(updated("aws_iam_role_policy", policy("s3:a", "s3:b"), policy("s3:b", "s3:*", "s3:a")));
  expect(changed(found?.lines ?? [])).toEqual(['+        "s3:*",']);
  expect(documents(updated("aws_iam_role_policy", policy("s3:a", "s3:b"), policy("s3:b", "s3:a")))).toEqual([]);
});
