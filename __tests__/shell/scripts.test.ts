import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { nodeComplaints, nodeScripts, shellComplaints, shellScripts, workflowComplaints } from "./scripts";

const root = resolve(__dirname, "../..");
const scratch = mkdtempSync(join(tmpdir(), "pgpool-aurora-shell-"));

afterAll(() => {
  rmSync(scratch, { recursive: true });
});

/** A repository of these files. */
function repository(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(scratch, "repository-"));
  execFileSync("git", ["init", "--quiet"], { cwd: folder });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  execFileSync("git", ["add", "--all"], { cwd: folder });
  return folder;
}

const head = "#!/usr/bin/env bash\n# Says hello.\nset -euo pipefail\n\n";
const script = (text: string) => repository({ "hello.sh": text });

describe("every shell script of the project", () => {
  test("is clean for shellcheck and shfmt, and stops at the first fault", () => {
    expect(shellComplaints(root)).toEqual([]);
  }, 120_000);
});

describe("every .mjs script of the project", () => {
  test("can be parsed", () => {
    expect(nodeScripts(root)).toContain("scripts/run.mjs");
    expect(nodeComplaints(root)).toEqual([]);
  }, 60_000);
});

describe("every workflow of the project", () => {
  test("is clean for actionlint", () => {
    expect(workflowComplaints(root)).toEqual([]);
  }, 60_000);
});

describe("a workflow", () => {
  const workflow = (run: string) =>
    repository({
      ".github/workflows/ci.yml": `on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: ${run}\n`,
    });

  test("may be clean", () => {
    expect(workflowComplaints(workflow('echo "$HOME"'))).toEqual([]);
  });

  test.each([
    ["a script without quotes", "echo $1", /SC2086/],
    ["a context that is not there", "echo ${{ steps.nobody.outputs.x }}", /property "nobody" is not defined/],
  ])("is refused for %s", (_, text, words) => {
    expect(workflowComplaints(workflow(text))).toEqual([expect.stringMatching(words)]);
  });

  test("is not taken for clean where actionlint is missing", () => {
    const path = process.env.PATH;
    process.env.PATH = pathWithout("actionlint");
    try {
      expect(() => workflowComplaints(root)).toThrow(/^actionlint is not on the PATH: https:/);
    } finally {
      process.env.PATH = path;
    }
  });
});

describe("a shell script", () => {
  test("is found by its ending or by its first line, wherever git tracks it", () => {
    const folder = repository({
      "build/install.sh": "",
      ".ci/run": `${head}true\n`,
      "rootfs/usr/local/bin/hello": "#!/bin/sh\n",
      "tool.mjs": "#!/usr/bin/env node\n",
      "text.md": "bash\n",
    });
    writeFileSync(join(folder, "scratch.sh"), "");
    expect(shellScripts(folder)).toEqual([".ci/run", "build/install.sh", "rootfs/usr/local/bin/hello"]);
  });

  test("may be clean", () => {
    expect(shellComplaints(script(`${head}main() {\n  echo "hello, $1"\n}\n\nmain "$@"\n`))).toEqual([]);
  });

  test.each([
    ["a variable without quotes", `${head}echo $1\n`, /SC2086/],
    ["another indent", `${head}if true; then\n    echo hello\nfi\n`, /hello\.sh\.orig/],
    ["no strict mode", '#!/usr/bin/env bash\necho "hello"\n', /first command is not set -euo pipefail/],
    ["half of strict mode", '#!/usr/bin/env bash\nset -e\necho "hello"\n', /first command is not/],
    ["another shell", `#!/bin/sh\nset -euo pipefail\n`, /first line is not/],
  ])("is refused for %s", (_, text, complaint) => {
    expect(shellComplaints(script(text))).toEqual([expect.stringMatching(complaint)]);
  });
});

test("an .mjs script is refused when it cannot be parsed", () => {
  expect(nodeComplaints(repository({ "good.mjs": "export {};\n" }))).toEqual([]);
  expect(nodeComplaints(repository({ "bad.mjs": "const = 1;\n" }))).toEqual([expect.stringContaining("SyntaxError")]);
});

test.each(["git", "shellcheck", "shfmt"])("without %s it fails, and says where to get it", (tool) => {
  const folder = script(`${head}true\n`);
  const path = process.env.PATH;
  process.env.PATH = pathWithout(tool);
  try {
    expect(() => shellComplaints(folder)).toThrow(new RegExp(`^${tool} is not on the PATH: https://`));
  } finally {
    process.env.PATH = path;
  }
});

/** A folder with the other tools only. */
function pathWithout(missing: string): string {
  const folder = mkdtempSync(join(scratch, "path-"));
  for (const tool of ["actionlint", "git", "shellcheck", "shfmt"].filter((name) => name !== missing)) {
    const real = execFileSync("/bin/sh", ["-c", `command -v ${tool}`], { encoding: "utf8" }).trim();
    symlinkSync(real, join(folder, tool));
  }
  return folder;
}
