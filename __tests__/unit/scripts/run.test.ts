import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "pgpool-aurora-run-"));
const entry = join(folder, "entry.ts");
const cache = "node_modules/.cache/pgpool-aurora";
afterAll(() => {
  rmSync(folder, { recursive: true });
  const kept = readdirSync(cache).filter((name) => name.includes(basename(folder)));
  for (const name of kept) rmSync(join(cache, name));
  expect(kept).toHaveLength(1);
});

const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  spawnSync(process.execPath, ["scripts/run.mjs", ...args], { encoding: "utf8", env: { ...process.env, ...env } });

/** With it, every build fails. */
const withoutEsbuild = { ESBUILD_BINARY_PATH: join(folder, "broken-esbuild") };
writeFileSync(withoutEsbuild.ESBUILD_BINARY_PATH, "#!/bin/sh\nexit 1\n", { mode: 0o755 });

beforeEach(() => {
  writeFileSync(
    entry,
    'import { word } from "./word";\nconsole.log(word satisfies string, ...process.argv.slice(2));\n',
  );
  writeFileSync(join(folder, "word.ts"), 'export const word = "one";\n');
});

test("runs TypeScript with the arguments that follow it", () => {
  expect(run([entry, "--flag", "value"])).toMatchObject({ status: 0, stdout: "one --flag value\n" });
});

test("does not build again what has not changed", () => {
  run([entry]);
  expect(run([entry], withoutEsbuild)).toMatchObject({ status: 0, stdout: "one\n" });
});

test("builds again when an imported file has changed", () => {
  run([entry]);
  writeFileSync(join(folder, "word.ts"), 'export const word = "another";\n');
  expect(run([entry], withoutEsbuild).status).toBe(1);
  expect(run([entry])).toMatchObject({ status: 0, stdout: "another\n" });
});

test("says where a file cannot be read, without a trace of its own", () => {
  writeFileSync(join(folder, "word.ts"), "export const word = ;\n");
  const { status, stderr } = run([entry]);
  expect(status).toBe(1);
  expect(stderr).toContain("word.ts:1:20");
  expect(stderr).not.toContain("run.mjs");
});

test("without an entry it shows how it is used", () => {
  expect(run([])).toMatchObject({ status: 2, stderr: "usage: node scripts/run.mjs <entry.ts> [arguments]\n" });
});
