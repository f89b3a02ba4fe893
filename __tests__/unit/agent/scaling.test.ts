import type { Server } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { leaveIfTerminated } from "../../../agent/leave";
import { unhealthy } from "../../../agent/unhealthy";
import { documentWith } from "../../support/boot-document";
import { fakeAws, type FakeState } from "../../support/fake-aws";
import { TestNode } from "./support/node";

let node: TestNode;
let server: Server;
let state: FakeState;
let requests: string[];
let listening: { close: () => unknown }[];

beforeEach(async () => {
  node = new TestNode();
  node.silent("systemctl");
  state = { secret: "{}" };
  requests = [];
  listening = [];
  server = fakeAws(
    () => state,
    (line) => requests.push(line),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  node.useAws((server.address() as AddressInfo).port);
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  for (const other of listening) other.close();
  node.remove();
});

/** A port of this machine on which nobody answers, or somebody does. */
async function port(answers: boolean): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port: free } = probe.address() as AddressInfo;
  if (answers) listening.push(probe);
  else await new Promise((resolve) => probe.close(resolve));
  return free;
}

describe("leaving", () => {
  test.each([undefined, "InService"])(
    "does nothing while the group wants the node %s",
    async (targetLifecycleState) => {
      state = { ...state, targetLifecycleState };
      expect(await leaveIfTerminated(node.host)).toBe(false);
      expect([node.calls, requests]).toEqual([[], []]);
    },
  );

  test("stops Pgpool-II, which drains it, and then finishes the hook, once", async () => {
    state = { ...state, targetLifecycleState: "Terminated" };
    expect(await leaveIfTerminated(node.host)).toBe(true);
    expect(node.calls).toEqual(["systemctl stop pgpool.service"]);
    expect(requests).toEqual([
      "CompleteLifecycleAction LifecycleHookName=drain AutoScalingGroupName=test-pgpool " +
        "LifecycleActionResult=CONTINUE InstanceId=i-0123456789abcdef0",
    ]);
    expect(await leaveIfTerminated(node.host)).toBe(false);
    expect(requests).toHaveLength(1);
  });

  test("keeps the hook waiting when Pgpool-II could not be stopped", async () => {
    state = { ...state, targetLifecycleState: "Terminated" };
    node.command("systemctl", "echo Access denied >&2; exit 1");
    await expect(leaveIfTerminated(node.host)).rejects.toThrow("systemctl stop pgpool.service: Access denied");
    expect(requests).toEqual([]);
  });

  test("says why the hook could not be finished, and tries again next time", async () => {
    state = { ...state, targetLifecycleState: "Terminated", scalingError: "ValidationError" };
    await expect(leaveIfTerminated(node.host)).rejects.toThrow("hook drain: attempt 1 failed: ValidationError");
    state = { ...state, scalingError: undefined };
    expect(await leaveIfTerminated(node.host)).toBe(true);
  });

  test("says that instance metadata does not answer", async () => {
    node.useAws(await port(false));
    await expect(leaveIfTerminated(node.host)).rejects.toThrow("does not tell autoscaling/target-lifecycle-state");
  });
});

describe("being unhealthy", () => {
  const declared = [
    "SetInstanceHealth InstanceId=i-0123456789abcdef0 HealthStatus=Unhealthy ShouldRespectGracePeriod=false",
  ];
  const endpoints = { writerEndpoint: "127.0.0.1", readerEndpoint: "127.0.0.1" };

  test("has the node replaced when boot has failed, even for its boot document", async () => {
    node.write(node.host.paths.bootDocument, "{}");
    expect(await unhealthy(node.host, await port(false))).toBe(true);
    expect(requests).toEqual(declared);
  });

  test("has the node replaced when the database answers and Pgpool-II still does not run", async () => {
    node.write(node.host.paths.pgpoolConf, "");
    node.write(node.host.paths.bootDocument, JSON.stringify(documentWith(endpoints)));
    expect(await unhealthy(node.host, await port(true))).toBe(true);
    expect(requests).toEqual(declared);
  });

  test("waits for the database when it is gone too, and starts Pgpool-II then: no fleet is replaced for that", async () => {
    node.write(node.host.paths.pgpoolConf, "");
    node.write(node.host.paths.bootDocument, JSON.stringify(documentWith(endpoints)));
    const database = await port(false);
    const late = createServer();
    listening.push(late);
    node.whileWaiting = (seconds) => {
      if (seconds === 60) late.listen(database, "127.0.0.1");
    };
    expect(await unhealthy(node.host, database)).toBe(false);
    expect(node.clock).toBeGreaterThanOrEqual(60);
    expect(requests).toEqual([]);
    expect(node.calls).toEqual(["systemctl reset-failed pgpool.service", "systemctl --no-block start pgpool.service"]);
  });
});
