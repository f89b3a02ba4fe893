import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { temporaryFolder } from "../../support/commands";

jest.setTimeout(60_000);
const folder = temporaryFolder();
afterAll(folder.remove);

/** A Terraform that says which process it is, and never ends by itself. */
function slowTerraform(): string {
  const bin = join(folder.path, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "terraform"), `#!/bin/sh\necho $$ >${join(folder.path, "pid")}\nexec sleep 600\n`);
  chmodSync(join(bin, "terraform"), 0o755);
  return [bin, process.env.PATH].join(delimiter);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Waits for something that is certain to come; if it does not, the test's own limit ends it. */
async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await sleep(50);
}

test("a plan that is interrupted ends Terraform too, and leaves nothing", async () => {
  const root = resolve(__dirname, "../../..");
  const child = spawn(process.execPath, [join(root, "scripts/run.mjs"), "commands/plan.ts"], {
    cwd: folder.path,
    env: {
      ...process.env,
      PATH: slowTerraform(),
      CDKTF_OUTDIR: join(folder.path, "out"),
      PGPOOL_ENVIRONMENT: "example",
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let output = "";
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const pidFile = join(folder.path, "pid");
  await until(() => existsSync(pidFile) && readFileSync(pidFile, "utf8").endsWith("\n"));
  const pid = Number(readFileSync(pidFile, "utf8"));
  const end = once(child, "close");
  child.kill("SIGTERM");
  expect(await end).toEqual([1, null]);
  expect(output).toContain("interrupted; nothing was written");
  await until(() => !isAlive(pid));
  expect([existsSync(join(folder.path, "plan")), existsSync(join(folder.path, "plan.part"))]).toEqual([false, false]);
});
