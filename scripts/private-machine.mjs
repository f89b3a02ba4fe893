// Runs a command on a machine of its own: node scripts/private-machine.mjs <command> [arguments]
// Its network is a loopback device that nothing outside reaches, with all ports free; its hosts file is /mnt/hosts; what
// it writes into /mnt is memory. The kernel ends every process in it, and forgets /mnt, when the command ends or this
// script does, even by SIGKILL. It needs root, for PostgreSQL's and Pgpool's users too.
import { spawn } from "node:child_process";

const [command, ...rest] = process.argv.slice(2);
if (command === undefined) {
  console.error("usage: node scripts/private-machine.mjs <command> [arguments]");
  process.exit(2);
}
if (process.getuid?.() !== 0) {
  console.error("a machine of its own needs root: run this with sudo, or in a container with CAP_SYS_ADMIN");
  process.exit(2);
}

const inside = `
set -e
ip link set lo up
mount -t tmpfs -o mode=755 private-machine /mnt
echo "127.0.0.1 localhost" >/mnt/hosts
mount --bind /mnt/hosts /etc/hosts
set +e
"$@" 3<&- &
job=$!
# the other end closes when the script that started us is gone
(read -r _ <&3; kill -9 $job 2>/dev/null) &
wait $job`;

const namespaces = ["--net", "--mount", "--pid", "--ipc", "--fork", "--kill-child", "--mount-proc"];
const child = spawn("unshare", [...namespaces, "sh", "-c", inside, "sh", command, ...rest], {
  stdio: ["ignore", "inherit", "inherit", "pipe"],
  env: { ...process.env, PRIVATE_MACHINE: "1" },
});
child.on("error", (error) => {
  console.error(`no machine of its own: ${error.message}; apt install util-linux`);
  process.exit(2);
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill("SIGKILL"));
child.on("exit", (code) => process.exit(code ?? 1));
