import { spawn, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { eventually } from "../../lab/eventually";
import { requireLab } from "../../lab/machine";

jest.setTimeout(60_000);
const script = resolve("scripts/private-machine.mjs");

/** Processes of this machine, private ones within it too, whose arguments hold a word. */
const running = (word: string): string[] =>
  readdirSync("/proc").filter((entry) => {
    try {
      return /^\d+$/.test(entry) && readFileSync(`/proc/${entry}/cmdline`, "utf8").split("\0").includes(word);
    } catch {
      return false;
    }
  });

beforeAll(requireLab);

test.each([
  ["the script that made it", "123456"],
  ["the command that it was made for", "123457"],
])("a private machine leaves no process when %s is killed", async (which, seconds) => {
  const command = `sleep ${seconds} & setsid sleep ${seconds} & echo started; wait`;
  const outer = spawn(process.execPath, [script, "sh", "-c", command, "the-command"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await eventually("both sleep", () => running(seconds).length === 2);
  if (which.startsWith("the script")) outer.kill("SIGKILL");
  else spawnSync("kill", ["-9", ...running("the-command")]);
  await eventually("everything has ended", () => running(seconds).length === 0);
});

test("a private machine has loopback only, and a hosts file that the real one does not see", () => {
  const commands = "echo 127.0.9.9 only.here.test >>/mnt/hosts; getent hosts only.here.test; ls /sys/class/net";
  // Of the network namespace that it was mounted in, hence the mount.
  const inside = `mount -t sysfs sysfs /sys && ${commands}`;
  const { stdout } = spawnSync(process.execPath, [script, "sh", "-c", inside], { encoding: "utf8" });
  expect(stdout.trim().split(/\s+/)).toEqual(["127.0.9.9", "only.here.test", "lo"]);
  expect(readFileSync("/etc/hosts", "utf8")).not.toContain("only.here.test");
});

test("a private machine hands on how its command ended", () => {
  expect(spawnSync(process.execPath, [script, "sh", "-c", "exit 7"]).status).toBe(7);
});
