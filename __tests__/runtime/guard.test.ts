import { eventually, pause } from "./support/eventually";
import { Lab } from "./support/lab";

jest.setTimeout(120_000);
const lab = new Lab();

beforeAll(async () => {
  await lab.start();
  await lab.node.startGuard();
});
afterAll(async () => {
  await lab.stop();
});

test("sees the writer, the readers and the node without taking a client's place", async () => {
  await eventually("sessions are known", () => lab.node.metrics.sessions !== null);
  console.log(lab.node.metrics, lab.node.guard.output);
  await pause(3000);
  console.log(lab.node.metrics, lab.node.guard.output);
  expect(lab.node.metrics).toMatchObject({ sessions: { used: 0, limit: 16 }, readerBackend: "up", silent: 0 });
});
