import { selfSigned } from "../../../agent/certificate";
import { turnOf } from "../../../agent/server-identity";

const hour = 3_600_000;
const created = new Date("2026-03-01T12:00:00Z");
const longValid = selfSigned("x", created);
/** A certificate that ends after so many hours; its maker gives all of them ten years. */
const endingAfter = (hours: number) => selfSigned("x", new Date(created.getTime() + hours * hour - 3650 * 24 * hour));
const nodes = Array.from({ length: 1000 }, (_, index) => `node ${index}`);
const delays = (shown: ReturnType<typeof selfSigned>) =>
  nodes.map((node) => (turnOf(created, node, shown).getTime() - created.getTime()) / hour);

test("gives each node a moment of its own within six hours, and always the same", () => {
  const all = delays(longValid);
  expect(delays(longValid)).toEqual(all);
  expect(Math.min(...all)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...all)).toBeLessThan(6);
  for (const from of [0, 1, 2, 3, 4, 5]) {
    const inThatHour = all.filter((delay) => delay >= from && delay < from + 1).length;
    expect(inThatHour).toBeGreaterThan(100);
    expect(inThatHour).toBeLessThan(240);
  }
});

test("does not wait until the certificate that is shown has expired", () => {
  expect(Math.max(...delays(endingAfter(2)))).toBeLessThan(2);
  expect(Math.max(...delays(endingAfter(6)))).toBeLessThan(6);
  expect(Math.max(...delays(endingAfter(0)))).toBeLessThan(0);
});
