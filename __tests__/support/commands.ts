import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../..");

/** A run of one of the project's commands, in a process of its own. */
export interface Run {
  readonly entry: string;
  readonly options?: readonly string[];
  /** @default - the project's root */
  readonly cwd?: string;
  /** Added to the environment; PGPOOL_ENVIRONMENT is not taken over from outside. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What became of a run. */
export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command as `npm` would, and waits. */
export function run({ entry, options = [], cwd = root, env = {} }: Run): Outcome {
  const unset = { PGPOOL_ENVIRONMENT: undefined, CDKTF_OUTDIR: undefined };
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "scripts/run.mjs"), entry, ...options], {
    cwd,
    env: { ...process.env, ...unset, ...env },
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

/** Runs a command while this process goes on: for one that asks a server of the test. */
export async function runBeside({ entry, options = [], env = {} }: Run): Promise<Outcome> {
  const child = spawn(process.execPath, [join(root, "scripts/run.mjs"), entry, ...options], {
    cwd: root,
    env: { ...process.env, PGPOOL_ENVIRONMENT: undefined, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const text = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (chunk: string) => (text[name] += chunk));
  }
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
  return { status, ...text };
}

/** A folder for one test file's output, and how to be rid of it. */
export function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "pgpool-aurora-"));
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** Every file of a folder with its content, to compare byte by byte. */
export function contentsOf(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  return Object.fromEntries(
    files
      .filter((file) => statSync(join(folder, file)).isFile())
      .map((file) => [file, readFileSync(join(folder, file), "base64")]),
  );
}
