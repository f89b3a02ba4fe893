import { rmSync } from "node:fs";
import { drain } from "../../../agent/drain";
import { countSessions } from "../../../agent/pcp-output";
import { documentWith } from "../../support/boot-document";
import { TestNode } from "./support/node";

let node: TestNode;
let controlSocket: string;
beforeEach(() => {
  node = new TestNode();
  controlSocket = `${node.host.paths.sockets}/.s.PGSQL.9898`;
  node.write(controlSocket, "");
  node.silent("systemctl");
  clients(0);
});
afterEach(() => {
  node.remove();
});

const child = (pid: number, status: string): string =>
  [0, 1].map((backend) => `Backend PID : 0\nPID : ${pid}\nBackend ID : ${backend}\nStatus : ${status}\n\n`).join("");
const clients = (count: number): void => {
  const busy = Array.from({ length: count }, (_, index) => child(100 + index, "Idle"));
  node.write(`${node.folder}/children`, [...busy, child(1, "Wait for connection")].join(""));
  node.command("pcp_proc_info", `cat ${node.folder}/children`);
};

test("counts children, not the slots in which each of them shows up", () => {
  const output = [child(1, "Wait for connection"), child(2, "Idle in transaction"), child(3, "Connecting")].join("");
  expect(countSessions(output)).toEqual({ used: 2, limit: 3 });
  expect(countSessions("")).toEqual({ used: 0, limit: 0 });
});

test("turns the health check red first", async () => {
  await drain(node.host);
  expect(node.calls).toEqual(["systemctl stop pgdoctor.service"]);
});

test("goes on serving until the load balancer has noticed, even when nobody is there", async () => {
  await drain(node.host);
  expect(node.clock).toBe(40);
  expect(node.lines.at(-1)).toBe("every session has ended after 40 s");
});

test("ends as soon as the last session has", async () => {
  clients(3);
  node.whileWaiting = (seconds) => {
    if (seconds === 70) clients(0);
  };
  expect(await drain(node.host)).toBe(0);
  expect(node.clock).toBe(70);
});

test("ends at the limit of the boot document and says how many are left", async () => {
  clients(2);
  node.write(node.host.paths.bootDocument, JSON.stringify(documentWith({ drainTimeoutSeconds: 60 })));
  expect(await drain(node.host)).toBe(2);
  expect(node.clock).toBe(60);
  expect(node.lines.at(-1)).toBe("the limit has passed, 2 sessions are left after 60 s");
});

test("takes silence for a session: none is cut because nobody answered", async () => {
  node.command("pcp_proc_info", "echo no answer >&2; exit 1");
  node.write(node.host.paths.bootDocument, JSON.stringify(documentWith({ drainTimeoutSeconds: 60 })));
  await drain(node.host);
  expect(node.clock).toBe(60);
});

test("does not wait when Pgpool-II does not run, or is gone in the middle", async () => {
  clients(5);
  node.whileWaiting = (seconds) => {
    if (seconds === 5) rmSync(controlSocket);
  };
  expect(await drain(node.host)).toBe(0);
  expect(node.clock).toBe(5);
  expect(await drain(node.host)).toBe(0);
  expect(node.lines.at(-1)).toContain("does not run");
});
