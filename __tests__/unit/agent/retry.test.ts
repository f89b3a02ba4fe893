import { retry } from "../../../agent/retry";
import { TestNode } from "./support/node";

let node: TestNode;
beforeEach(() => (node = new TestNode()));
afterEach(() => {
  node.remove();
});

const limits = { giveUpAfterSeconds: 60, attemptSeconds: 8 };
const never = (): boolean => false;

test("tries again with pauses that double up to a quarter of a minute, and says why", async () => {
  let count = 0;
  const run = async (): Promise<string> => {
    count += 1;
    if (count <= 6) throw new Error(`refused ${count}`);
    return await Promise.resolve("done");
  };
  await expect(retry(node.host, { what: "secret", run, isFinal: never }, limits)).resolves.toBe("done");
  expect(node.lines.map((line) => line.replace("secret: attempt", "#"))).toEqual(
    [1, 2, 4, 8, 15, 15].map((pause, index) => `# ${index + 1} failed: refused ${index + 1}; next in ${pause} s`),
  );
});

test("gives up before the time is over, with the last reason", async () => {
  const run = async (): Promise<never> => await Promise.reject(new Error("refused"));
  await expect(retry(node.host, { what: "secret", run, isFinal: never }, limits)).rejects.toThrow(
    "secret: attempt 8 failed: refused; gave up after 60 s",
  );
  expect(node.clock).toBeLessThanOrEqual(60);
});

test("does not try again what will fail again", async () => {
  const run = async (): Promise<never> => await Promise.reject(new Error("no such secret"));
  await expect(retry(node.host, { what: "secret", run, isFinal: () => true }, limits)).rejects.toThrow(
    "secret: attempt 1 failed: no such secret; another one would fail too",
  );
  expect(node.clock).toBe(0);
});

test("ends an attempt that nobody answers, and tells it so", async () => {
  let told = false;
  const run = async (signal: AbortSignal): Promise<never> =>
    await new Promise(() => {
      signal.addEventListener("abort", () => (told = true));
    });
  const once = { giveUpAfterSeconds: 0, attemptSeconds: 0.05 };
  await expect(retry(node.host, { what: "secret", run, isFinal: never }, once)).rejects.toThrow(
    "no answer within 0.05 s",
  );
  expect(told).toBe(true);
});
