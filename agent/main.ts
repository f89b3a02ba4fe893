import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { ConfigurationError } from "../config/fault";
import { nodePaths } from "../pgpool/paths";
import { AgentError, type Host } from "./host";

const help = `pgpool-agent COMMAND

  boot [--give-up-after SECONDS]      write what Pgpool-II and pgdoctor read, from boot document and secret
  refresh [--give-up-after SECONDS]   the same after a change of the secret; units that run are told
  drain                               turn the health check red and wait until the sessions have ended
  drain --if-terminated               when the scaling group ends this node: stop Pgpool-II, then finish the hook
  guard                               look after Pgpool-II's backends, until it is stopped
  readers [--fresh]                   have Pgpool-II know the readers that the guard has found; --fresh before its start
  unhealthy                           have this node replaced, unless it is only the database that is gone
  status [--json]                     how this node is

Every path is under PGPOOL_AGENT_ROOT (default: /).`;

const options = {
  "give-up-after": { type: "string" },
  "if-terminated": { type: "boolean" },
  fresh: { type: "boolean" },
  json: { type: "boolean" },
  help: { type: "boolean" },
} as const;

class UsageError extends Error {}

function readArguments() {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function seconds(written: string | undefined, preset: number): number {
  if (written === undefined) return preset;
  if (!/^\d{1,5}$/.test(written)) throw new UsageError(`--give-up-after takes seconds, not "${written}"`);
  return Number(written);
}

const host: Host = {
  paths: nodePaths(process.env.PGPOOL_AGENT_ROOT ?? "/"),
  environment: process.env,
  metadataEndpoint: process.env.AWS_EC2_METADATA_SERVICE_ENDPOINT ?? "http://169.254.169.254",
  log: (line) => {
    console.error(line);
  },
  sleep: async (milliseconds) => {
    await sleep(milliseconds);
  },
  now: () => performance.now(),
};

/** Each command is loaded only when it is asked for: the AWS clients cost more time and memory than all the rest. */
async function main(): Promise<void> {
  const { values, positionals } = readArguments();
  const [command, ...rest] = positionals;
  if (values.help === true) {
    console.log(help);
    return;
  }
  if (rest.length > 0) throw new UsageError(`unknown argument "${rest.join(" ")}"`);
  const limits = (preset: number) => ({
    giveUpAfterSeconds: seconds(values["give-up-after"], preset),
    attemptSeconds: 8,
  });
  switch (command) {
    case "boot":
      await (await import("./boot")).boot(host, limits(300));
      return;
    case "refresh":
      await (await import("./refresh")).refresh(host, limits(20));
      return;
    case "drain":
      if (values["if-terminated"] === true) await (await import("./leave")).leaveIfTerminated(host);
      else await (await import("./drain")).drain(host);
      return;
    case "guard":
      await (await import("./guard/guard")).guard(host);
      return;
    case "readers":
      await (await import("./readers")).readers(host, values.fresh === true);
      return;
    case "unhealthy":
      await (await import("./unhealthy")).unhealthy(host);
      return;
    case "status":
      console.log(await (await import("./status")).status(host, values.json === true));
      return;
    default:
      throw new UsageError(command === undefined ? "which command?" : `unknown command "${command}"`);
  }
}

main().catch((error: unknown) => {
  if (error instanceof UsageError) console.error(`${error.message}\n\n${help}`);
  else if (error instanceof AgentError || error instanceof ConfigurationError) console.error(error.message);
  else console.error(error instanceof Error && !("code" in error) ? error.stack : String(error));
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
