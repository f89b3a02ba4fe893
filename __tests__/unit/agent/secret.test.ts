import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fetchSecret } from "../../../agent/secret";
import { fakeAws, type FakeState } from "../../support/fake-aws";
import { TestNode } from "./support/node";

const arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:health-AbCdEf";
const limits = { giveUpAfterSeconds: 60, attemptSeconds: 5 };
const missing = { error: "ResourceNotFoundException" };
const unwritten = {
  ...missing,
  message: "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
};

let node: TestNode;
let state: FakeState;
let server: Server;
beforeEach(async () => {
  node = new TestNode();
  server = fakeAws(
    () => state,
    () => undefined,
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  node.useAws((server.address() as AddressInfo).port);
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  node.remove();
});

test("waits for a secret that is there and that db:bootstrap has not written yet", async () => {
  state = { secret: unwritten };
  node.whileWaiting = (seconds) => {
    if (seconds >= 7) state = { secret: "written" };
  };
  expect(await fetchSecret(node.host, "eu-west-1", arn, limits)).toMatchObject({ text: "written" });
  expect(node.lines).toHaveLength(3);
  expect(node.lines[0]).toContain(`secret ${arn}: attempt 1 failed: ResourceNotFoundException`);
});

test("does not wait for one that is not there", async () => {
  state = { secret: missing };
  await expect(fetchSecret(node.host, "eu-west-1", arn, limits)).rejects.toThrow("another one would fail too");
  expect(node.clock).toBe(0);
});
