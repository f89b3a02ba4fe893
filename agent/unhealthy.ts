import { existsSync } from "node:fs";
import { connect } from "node:net";
import type { BootDocument } from "../config/boot-document";
import { ports } from "../config/ports";
import { loadDocument } from "./read-document";
import type { Host } from "./host";
import { region } from "./metadata";
import { runCommand } from "./run-command";
import { declareUnhealthy } from "./scaling-group";

const connectMilliseconds = 3000;
const pauseMilliseconds = 10_000;

/**
 * Has this node replaced because Pgpool-II cannot run on it. When the database does not answer either, the node is as
 * good as any other would be: it waits for the database and starts Pgpool-II again, instead of the whole fleet being
 * replaced at once.
 *
 * @returns whether the node was declared unhealthy.
 */
export async function unhealthy(host: Host, databasePort: number = ports.postgresql): Promise<boolean> {
  // Without that file boot has failed, perhaps for the boot document itself, and the database has no part in it.
  const document = existsSync(host.paths.pgpoolConf) ? loadDocument(host.paths.bootDocument) : undefined;
  if (document === undefined || (await answers(document, databasePort))) {
    await declareUnhealthy(host, document?.region ?? (await region(host)));
    host.log("this node is declared unhealthy and will be replaced");
    return true;
  }
  host.log("the database does not answer either: waiting for it");
  do await host.sleep(pauseMilliseconds);
  while (!(await answers(document, databasePort)));
  host.log("the database answers again: starting Pgpool-II");
  await runCommand(host, ["systemctl", "reset-failed", "pgpool.service"], { seconds: 30 });
  await runCommand(host, ["systemctl", "--no-block", "start", "pgpool.service"], { seconds: 30 });
  return false;
}

async function answers({ writerEndpoint, readerEndpoint }: BootDocument, port: number): Promise<boolean> {
  const answered = await Promise.all([writerEndpoint, readerEndpoint].map((name) => accepts(name, port)));
  return answered.includes(true);
}

const accepts = async (name: string, port: number): Promise<boolean> =>
  await new Promise((resolve) => {
    const socket = connect({ host: name, port, timeout: connectMilliseconds });
    const end = (accepted: boolean) => (): void => {
      socket.destroy();
      resolve(accepted);
    };
    socket.once("connect", end(true)).once("error", end(false)).once("timeout", end(false));
  });
