import { spawn } from "node:child_process";
import { hideInText } from "../review/hide";
import { Refusal } from "./report-error";

/** How a run of Terraform ended. */
interface Run {
  readonly code: number;
  readonly stdout: string;
}

/** Lines of Terraform's own words that an error repeats; the last ones say what is wrong. */
const lastLines = 40;

const missing =
  "terraform is not on the PATH: install Terraform 1.11 or newer, https://developer.hashicorp.com/terraform/install";

/** What to do about errors whose cause this project knows. */
const remedies: readonly (readonly [RegExp, (environment: string) => string])[] = [
  [
    /NoSuchBucket|bucket "[^"]*" does not exist/i,
    (environment) => `There is no state bucket yet: npm run state:bucket -- --environment ${environment}`,
  ],
  [
    /prevent_destroy/,
    () =>
      "deletionProtection is on, so Terraform refuses a plan that destroys this; docs/decisions/0003 has the way out.",
  ],
  [
    /object does not have an attribute named/i,
    () => "A stack before this one has not put out this value yet: apply that one first.",
  ],
];

/** Terraform in the folder of one stack; it asks nothing, locks nothing and changes nothing outside of that folder. */
export class Terraform {
  constructor(
    private readonly environment: string,
    private readonly stack: string,
    private readonly folder: string,
    /** Ends what runs, and lets nothing more begin. Without it only this process's own end does. */
    private readonly interruption?: AbortSignal,
  ) {}

  /**
   * Runs Terraform and waits.
   *
   * @param allowed - exit codes that are answers, not failures.
   * @throws {@link Refusal} with Terraform's own last words when it ends with another one, or is not there.
   */
  async run(args: readonly string[], allowed: readonly number[] = [0]): Promise<Run> {
    const { code, stdout, stderr } = await this.start(args);
    if (allowed.includes(code)) return { code, stdout };
    throw new Refusal(this.failure(args[0] ?? "", code, stderr.trim() === "" ? stdout : stderr));
  }

  private start(args: readonly string[]): Promise<Run & { readonly stderr: string }> {
    return new Promise((done, failed) => {
      const env = { ...process.env, TF_IN_AUTOMATION: "1", NO_COLOR: "1" };
      const options = { cwd: this.folder, env, signal: this.interruption };
      const child = spawn("terraform", args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
      const [out, err]: [Buffer[], Buffer[]] = [[], []];
      child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
      child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
      child.on("error", (error) => {
        failed(new Refusal(startFailure(error)));
      });
      child.on("close", (code, signal) => {
        if (code === null) failed(new Refusal(`${this.stack}: terraform was ended by ${signal ?? "a signal"}`));
        else done({ code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() });
      });
    });
  }

  private failure(command: string, code: number, output: string): string {
    const words = hideInText(output).trim().split("\n").slice(-lastLines);
    const known = remedies.filter(([pattern]) => pattern.test(output)).map(([, remedy]) => remedy(this.environment));
    return [`${this.stack}: terraform ${command} failed (exit code ${code}).`, "", ...words, "", ...known].join("\n");
  }
}

function startFailure(error: Error): string {
  if (error.name === "AbortError") return "interrupted; nothing was written";
  return "code" in error && error.code === "ENOENT" ? missing : `terraform cannot be run: ${error.message}`;
}
