import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const rootfs = "packer/rootfs";
const folder = "etc/systemd/system";
const units = readdirSync(join(rootfs, folder)).filter((name) => /\.(service|timer|path)$/.test(name));
const services = units.filter((name) => name.endsWith(".service"));
const textOf = (unit: string): string => readFileSync(join(rootfs, folder, unit), "utf8");

/** A root with the units of systemd and of the image, and something at each path that they run. */
let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "units-"));
  cpSync(rootfs, root, { recursive: true });
  cpSync("/usr/lib/systemd", join(root, "usr/lib/systemd"), { recursive: true, verbatimSymlinks: true });
  symlinkSync("usr/lib", join(root, "lib"));
  const commands = services.flatMap((unit) => [...textOf(unit).matchAll(/^Exec\w+=[-+!:@]*(\S+)/gm)]);
  for (const [, command = ""] of commands) {
    mkdirSync(dirname(join(root, command)), { recursive: true });
    writeFileSync(join(root, command), "#!/bin/sh\n");
    chmodSync(join(root, command), 0o755);
  }
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

const verify = (unit: string): { status: number | null; said: string } => {
  const parameters = [`--root=${root}`, "--man=no", "--recursive-errors=no", "verify", join(root, folder, unit)];
  const { status, stdout, stderr } = spawnSync("systemd-analyze", parameters, { encoding: "utf8" });
  return { status, said: stdout + stderr };
};

test("has the units of a node", () => {
  expect(services).toEqual(
    [
      "pgdoctor",
      "pgpool-boot",
      "pgpool-drain",
      "pgpool-guard",
      "pgpool-log",
      "pgpool-readers",
      "pgpool-refresh",
      "pgpool-unhealthy",
      "pgpool",
    ].map((name) => `${name}.service`),
  );
});

test.each(units)("%s is understood by systemd without a word", (unit) => {
  expect(verify(unit)).toEqual({ status: 0, said: "" });
});

test("a mistake in a unit would be seen", () => {
  const path = join(root, folder, "broken.service");
  writeFileSync(path, "[Service]\nExecStart=/nowhere\nProtectHouse=yes\n");
  expect(verify("broken.service").said).toContain("ProtectHouse");
});

test.each(services)("%s is exposed at most 3.0 of 10", (unit) => {
  const parameters = ["security", "--offline=yes", "--threshold=30", "--no-pager", join(rootfs, folder, unit)];
  const { status, stdout, stderr } = spawnSync("systemd-analyze", parameters, { encoding: "utf8" });
  expect(`${stdout}${stderr}`).toMatch(/Overall exposure level for \S+: \d/);
  expect(status).toBe(0);
});

test.each(services)("%s may not write and run memory, or says that Node.js must", (unit) => {
  const text = textOf(unit);
  const runsNode = /^ExecStart=\/usr\/local\/sbin\/pgpool-agent /m.test(text);
  expect(/^MemoryDenyWriteExecute=yes$/m.test(text)).toBe(!runsNode);
  expect(text.includes("# no MemoryDenyWriteExecute: Node.js")).toBe(runsNode);
});

test("the launcher is a shell script without a fault", () => {
  execFileSync("shellcheck", [join(rootfs, "usr/local/sbin/pgpool-agent")]);
});
