import { execFileSync, spawn } from "node:child_process";
import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { within } from "./eventually";

/** Everything that the lab writes: memory of the private machine, which goes with it. */
export const labFolder = "/mnt";
/** The private machine's hosts file. */
export const hostsFile = join(labFolder, "hosts");

/** Users of this machine that stand for those of an image, and for PostgreSQL's, which refuses root. */
export const standIns = { postgres: "games", pgpool: "backup", pgdoctor: "news", "pgpool-agent": "daemon" } as const;
export type ServiceUser = keyof typeof standIns;

const debianPostgres = "/usr/lib/postgresql";

/** Where PostgreSQL's programs are: POSTGRES_BIN, or the newest that Debian has installed. */
export function postgresPrograms(): string {
  const given = process.env.POSTGRES_BIN;
  if (given !== undefined) return given;
  const versions = existsSync(debianPostgres) ? readdirSync(debianPostgres).sort((a, b) => Number(b) - Number(a)) : [];
  return join(debianPostgres, versions[0] ?? "none", "bin");
}

/** PATH of the lab: that Pgpool-II's folder first which PGPOOL names. */
export function searchPath(): string {
  const given = process.env.PGPOOL;
  const own = given === undefined ? [] : [dirname(given)];
  return [...own, postgresPrograms(), "/usr/sbin", "/sbin", process.env.PATH ?? ""].join(delimiter);
}

/** Programs that the lab is made of, and Debian's package of each. */
const tools = {
  postgres: "postgresql",
  pg_basebackup: "postgresql",
  psql: "postgresql-client",
  pgpool: "pgpool2",
  pcp_proc_info: "pgpool2",
  openssl: "openssl",
  setpriv: "util-linux",
  ss: "iproute2",
} as const;

/**
 * Says what is missing, in one message.
 *
 * @throws when this is no private machine, or a program is not there.
 */
export function requireLab(): void {
  if (process.env.PRIVATE_MACHINE !== "1") {
    throw new Error("these tests start servers on fixed ports: run them with npm run test:runtime");
  }
  const missing = Object.entries(tools).filter(([program]) => !isProgram(program));
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map(([, name]) => name))].join(" ");
  const names = missing.map(([program]) => program).join(", ");
  throw new Error(`missing: ${names}; get them with: apt install ${packages} (or set POSTGRES_BIN, PGPOOL)`);
}

const isProgram = (name: string): boolean =>
  searchPath()
    .split(delimiter)
    .some((folder) => {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });

/** The environment of everything that the lab starts. */
export const labEnvironment = (more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv => ({
  PATH: searchPath(),
  LC_ALL: "C.UTF-8",
  ...more,
});

/** How to run a command as one of the services' users; a capability only where the unit gives one. */
export function asUser(user: ServiceUser, command: string, parameters: readonly string[]): [string, string[]] {
  const ids = ["--reuid", standIns[user], "--regid", standIns[user]];
  // As in the image: agent and pgdoctor are in Pgpool's group, which may enter the folder of its socket.
  const groups = user === "pgpool-agent" || user === "pgdoctor" ? ["--groups", standIns.pgpool] : ["--clear-groups"];
  // The agent may cut connections.
  const agent = ["--inh-caps", "-all,+net_admin", "--ambient-caps", "-all,+net_admin"];
  const capabilities = user === "pgpool-agent" ? agent : ["--inh-caps", "-all", "--bounding-set", "-all"];
  return ["setpriv", [...ids, ...groups, ...capabilities, command, ...parameters]];
}

/** What a command gets beside its arguments. */
export interface RunOptions {
  readonly input?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Time after which it is killed and has failed. @default 120 */
  readonly seconds?: number;
}

/** What a command did. */
export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a command to its end; meanwhile the load goes on, for it runs in this process.
 *
 * @throws when it does not end in time.
 */
export async function run(command: string, parameters: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const { seconds = 120 } = options;
  const child = spawn(command, parameters, { cwd: "/", env: labEnvironment(options.environment) });
  const text = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (chunk: string) => (text[name] += chunk));
  }
  child.stdin.on("error", () => undefined).end(options.input ?? "");
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
  const status = await within(seconds, `${command} ended`, ended).finally(() => child.kill("SIGKILL"));
  return { status, ...text };
}

/** Runs a command that has to succeed; what it printed. */
export async function must(command: string, parameters: readonly string[], options?: RunOptions): Promise<string> {
  const { status, stdout, stderr } = await run(command, parameters, options);
  if (status !== 0) throw new Error(`${command} failed: ${stderr.trim().slice(-2000)}`);
  return stdout;
}

/** The ids of a service's user and of its group. */
export function idsOf(user: ServiceUser): { readonly uid: number; readonly gid: number } {
  const id = (which: string): number => Number(execFileSync("id", [which, standIns[user]], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}
