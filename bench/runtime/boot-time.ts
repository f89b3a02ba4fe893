import { withClient } from "../../lab/client";
import { eventually } from "../../lab/eventually";
import type { Lab } from "../../lab/lab";
import { database, password, roles } from "./logins";
import { type Spread, spread } from "./statistics";

/** Seconds from the start of the agent's boot (which asks for the secret and writes the files) to a client's first answer. */
export async function measureBoot(lab: Lab, times: number): Promise<Spread> {
  const seconds: number[] = [];
  for (let count = 0; count < times; count += 1) {
    await lab.node.pgpool.stop("SIGINT");
    const start = performance.now();
    await lab.node.agent("boot", "--give-up-after", "20");
    lab.node.pgpool.start();
    await eventually("a client is answered", async () => {
      await withClient(lab.node, { user: roles.steady, password, database }, (client) => client.query("SELECT 1"));
      return true;
    });
    seconds.push((performance.now() - start) / 1000);
  }
  return spread(seconds);
}
