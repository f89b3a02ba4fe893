import { pause } from "../../lab/eventually";
import type { LoadClient } from "../../lab/load";
import { bar, FaultLab } from "./fault-lab";

jest.setTimeout(180_000);
const faults = new FaultLab();
const { lab } = faults;
faults.use();

describe("a reader that goes", () => {
  test.each(["fast", "immediate", "crash"] as const)("(%s stop) leaves writers free, and comes back", async (mode) => {
    const start = performance.now();
    await faults.roles.reader.stop(mode);
    const moment = await faults.detached();
    expect(moment - start).toBeLessThan(6000);
    expect(await faults.recovery(moment)).toBeLessThan(bar);
    await faults.roles.reader.start();
    const back = performance.now();
    await faults.isGood();
    expect(performance.now() - back).toBeLessThan(2 * bar);
    expect(await faults.recovery(back)).toBeLessThan(bar);
  });

  test("(frozen) leaves writers free, and comes back", async () => {
    const start = performance.now();
    faults.roles.reader.freeze();
    const moment = await faults.detached();
    expect(moment - start).toBeLessThan(8000);
    expect(await faults.recovery(moment)).toBeLessThan(bar);
    faults.roles.reader.thaw();
    await faults.isGood();
    // 10 s is the time-out of those that connect: nobody was left to that.
    expect(faults.load.longestWait()).toBeLessThan(8000);
  });

  test("(removed while frozen: the endpoint leads to another) is given up by its sessions", async () => {
    faults.roles.reader.freeze();
    lab.cluster.endpoints.point({ readers: [faults.roles.spare.address] });
    const moment = performance.now();
    expect(await faults.recovery(moment)).toBeLessThan(2 * bar);
    faults.roles.reader.thaw();
    faults.roles = { ...faults.roles, reader: faults.roles.spare, spare: faults.roles.reader };
  });
});

test("a reader that is deleted, the last one: its endpoint leads to the writer, and everybody goes on", async () => {
  const { writer, reader } = faults.roles;
  lab.cluster.endpoints.point({ readers: [writer.address] });
  await pause(1000);
  await reader.stop("fast");
  const moment = performance.now();
  expect(await faults.recovery(moment)).toBeLessThan(2 * bar);
  // Both backends are the same server now: nothing is detached for good.
  await pause(5000);
  expect(await faults.recovery(performance.now())).toBeLessThan(bar);
  await reader.start();
  lab.cluster.endpoints.point({ readers: [reader.address] });
});

test("a writer that is away for a while: reads and writes come back by themselves", async () => {
  await faults.roles.writer.stop("fast");
  await pause(4000);
  await faults.roles.writer.start();
  expect(await faults.recovery(performance.now())).toBeLessThan(bar);
});

test("a clean failover: everybody writes again as soon as the endpoint is right", async () => {
  const { writer, spare } = faults.roles;
  await lab.cluster.failOver(writer, spare, faults.roles.reader);
  lab.cluster.endpoints.point({ writer: spare.address });
  const moment = performance.now();
  faults.roles = { ...faults.roles, writer: spare, spare: writer };
  expect(await faults.recovery(moment)).toBeLessThan(bar);
});

test("a failover whose endpoint leads to the old writer, now a reader, for 7 s", async () => {
  const { writer, spare } = faults.roles;
  await lab.cluster.failOver(writer, spare, faults.roles.reader);
  await pause(7000);
  lab.cluster.endpoints.point({ writer: spare.address });
  const moment = performance.now();
  faults.roles = { ...faults.roles, writer: spare, spare: writer };
  expect(await faults.recovery(moment)).toBeLessThan(bar);
  expect(faults.load.errors()).toHaveProperty("25006");
});

test("without a guard such a failover is never over for who stays connected; one that starts later finds them", async () => {
  await lab.node.guard.stop("SIGTERM");
  const { writer, spare } = faults.roles;
  await lab.cluster.failOver(writer, spare, faults.roles.reader);
  await pause(3000);
  lab.cluster.endpoints.point({ writer: spare.address });
  const moment = performance.now();
  faults.roles = { ...faults.roles, writer: spare, spare: writer };
  await pause(10_000);
  const staying = (client: LoadClient): boolean => client.habit === "persistent" && client.work === "write";
  expect(faults.load.recoveredAfter(moment, staying)).toBe(Number.POSITIVE_INFINITY);
  // The guard knows servers by the endpoints: the old writer has to be among the readers.
  lab.cluster.endpoints.point({ readers: [writer.address] });
  faults.roles = { ...faults.roles, reader: writer, spare: faults.roles.reader };
  await lab.node.startGuard();
  expect(await faults.recovery(performance.now())).toBeLessThan(bar);
});

test("a restart of the whole cluster", async () => {
  const all = [faults.roles.reader, faults.roles.spare, faults.roles.writer];
  await Promise.all(
    all.map(async (server) => {
      await server.stop("immediate");
    }),
  );
  await pause(3000);
  await Promise.all(
    all.map(async (server) => {
      await server.start();
    }),
  );
  expect(await faults.recovery(performance.now())).toBeLessThan(2 * bar);
});
