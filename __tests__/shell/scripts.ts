import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";

/** What is wrong with a script, in the words of the tool that found it. */
export type Complaint = string;

const shellShebang = /^#!.*\b(ba|da|k|z)?sh\b/;
const strict = "set -euo pipefail";

const install: Readonly<Record<string, string>> = {
  actionlint: "https://github.com/rhysd/actionlint/blob/main/docs/install.md",
  git: "https://git-scm.com/downloads",
  shellcheck: "https://github.com/koalaman/shellcheck#installing",
  shfmt: "https://github.com/mvdan/sh#shfmt",
};

/** Files that git tracks in a folder, as far as they are there. */
export const trackedFiles = (folder: string): readonly string[] =>
  run(folder, "git", "ls-files", "-z")
    .output.split("\0")
    .filter((file) => file !== "" && isFile(join(folder, file)));

/** Those of them that a shell runs: by their ending, or by their first line. */
export const shellScripts = (folder: string): readonly string[] =>
  trackedFiles(folder).filter((file) => extname(file) === ".sh" || shellShebang.test(firstLine(join(folder, file))));

/** Those of them that Node.js runs as they are. */
export const nodeScripts = (folder: string): readonly string[] =>
  trackedFiles(folder).filter((file) => extname(file) === ".mjs");

/** @throws when git, shellcheck or shfmt is not there: a suite that skips in silence proves nothing. */
export function shellComplaints(folder: string): readonly Complaint[] {
  return shellScripts(folder).flatMap((file) => [
    ...beginning(file, readFileSync(join(folder, file), "utf8")),
    ...complaint(run(folder, "shellcheck", "--shell=bash", "--external-sources", file)),
    // The options say what .editorconfig says; with them, shfmt reads no other file.
    ...complaint(run(folder, "shfmt", "-d", "-i", "2", "-ci", "-bn", file)),
  ]);
}

/** What Node.js cannot parse. */
export const nodeComplaints = (folder: string): readonly Complaint[] =>
  nodeScripts(folder).flatMap((file) => complaint(run(folder, process.execPath, "--check", file)));

/** What actionlint finds in workflows, their scripts included: it hands those to shellcheck. */
export const workflowComplaints = (folder: string): readonly Complaint[] =>
  complaint(run(folder, "actionlint", "-no-color", "-oneline"));

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

const firstLine = (path: string): string => readFileSync(path, "latin1").split("\n", 1)[0] ?? "";

/** A part that others source says so in its first line; what it is run with is for them to say. */
const isPart = (first: string): boolean => first.startsWith("# shellcheck shell=bash");

function beginning(file: string, text: string): readonly Complaint[] {
  const [first = "", ...lines] = text.split("\n");
  if (isPart(first)) return [];
  const command = lines.find((line) => line.trim() !== "" && !line.startsWith("#"));
  return [
    ...(first === "#!/usr/bin/env bash" ? [] : [`${file}: the first line is not #!/usr/bin/env bash`]),
    ...(command === strict ? [] : [`${file}: the first command is not ${strict}`]),
  ];
}

interface Result {
  readonly failed: boolean;
  readonly output: string;
}

const complaint = ({ failed, output }: Result): readonly Complaint[] => (failed ? [output] : []);

function run(cwd: string, tool: string, ...options: readonly string[]): Result {
  // Inside a hook git says which repository it is about; these are about the one in the folder.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_")));
  const { error, status, stdout, stderr } = spawnSync(tool, options, { cwd, env, encoding: "utf8" });
  if (error !== undefined) throw new Error(`${tool} is not on the PATH: ${install[tool] ?? error.message}`);
  if (tool === "git" && status !== 0) throw new Error(`git ls-files: ${stderr.trim()}`);
  return { failed: status !== 0, output: `${stdout}${stderr}`.trim() };
}
