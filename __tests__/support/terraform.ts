import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stackNames, type StackName } from "../../config/state";
import { Moto, ownAccount } from "./moto";
import { Checkout } from "./terraform-checkout";
import { type Outcome, Runner, succeeded } from "./terraform-run";
import { installProviderDouble, neutralEnvironment, requireTools } from "./tools";

/** A plan: exit code 0 says that nothing changes, 2 that something does. */
export interface Plan extends Outcome {
  /** `<action> <type>` of every resource that would change. */
  readonly changes: readonly string[];
}

/**
 * Types whose ids are names that need to be different in a scaling group or a region only; the double keeps no more
 * than one object for each id.
 */
const ambiguous = ["aws_autoscaling_lifecycle_hook", "aws_autoscaling_policy", "aws_backup_vault"];

/** The stacks that every environment with a VPC of its own has, in the order of deployment. */
export const mainStacks = ["network", "database", "pgpool"] as const;

/** A person's copy of the project, the real tools in it, and a cloud that forgets everything afterwards. */
export class Workplace {
  private static readonly opened = new Set<Workplace>();
  readonly checkout: Checkout;
  private readonly world: string;
  private readonly runner: Runner;

  private constructor(
    private readonly directory: string,
    readonly moto: Moto,
  ) {
    this.checkout = new Checkout(join(directory, "checkout"));
    this.world = join(directory, "world");
    mkdirSync(this.world);
    this.runner = new Runner({
      ...neutralEnvironment(),
      ...installProviderDouble(join(directory, "double")),
      ...{ CI: "1", CHECKPOINT_DISABLE: "1", DISABLE_VERSION_CHECK: "1", TF_IN_AUTOMATION: "1", NO_COLOR: "1" },
      ...{ TF_DOUBLE_WORLD: this.world, TF_DOUBLE_ACCOUNT_ID: ownAccount },
      ...{ ...moto.keys, AWS_EC2_METADATA_DISABLED: "true" },
    });
  }

  static async open(suite: "test:deploy" | "test:plan" = "test:deploy"): Promise<Workplace> {
    requireTools(suite);
    const moto = await Moto.start();
    const directory = mkdtempSync(join(tmpdir(), "pgpool-aurora-"));
    try {
      const place = new Workplace(directory, moto);
      Workplace.opened.add(place);
      return place;
    } catch (error) {
      rmSync(directory, { recursive: true });
      await moto.stop();
      throw error;
    }
  }

  /** Ends everything that is left of all workplaces; there may be none, where a tool is missing. */
  static async closeAll(): Promise<void> {
    for (const place of Workplace.opened) {
      await place.runner.stop();
      await place.moto.stop();
      rmSync(place.directory, { recursive: true });
      Workplace.opened.delete(place);
    }
  }

  /** `npm run state:bucket`, which speaks to moto directly. */
  stateBucket(environment: string, env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
    return this.command("commands/state-bucket.ts", environment, { AWS_ENDPOINT_URL: this.moto.url, ...env });
  }

  /** One of the project's commands that asks S3 itself, and lets Terraform ask it too. */
  commandOnS3(entry: string, environment: string, options: readonly string[]): Promise<Outcome> {
    const args = ["scripts/run.mjs", entry, "--environment", environment, ...options];
    // AWS_S3_ENDPOINT is Terraform's alone: it goes through moto as proxy, the command speaks to moto directly.
    const forTerraform = { HTTP_PROXY: this.moto.url, AWS_S3_ENDPOINT: "http://s3.eu-west-1.amazonaws.com" };
    const env = { AWS_ENDPOINT_URL: this.moto.url, ...forTerraform };
    return this.runner.run("node", args, this.checkout.folder, env);
  }

  /** `npm start`. */
  async synthesize(environment: string): Promise<void> {
    succeeded(await this.command("commands/start.ts", environment));
  }

  /** Deploys stacks. @throws with the end of the output when it fails. */
  async deploy(environment: string, stacks: readonly StackName[]): Promise<void> {
    succeeded(await this.cdktf(environment, ["deploy", ...stacks, "--auto-approve"]));
  }

  /** Destroys stacks. @throws with the end of the output when it fails. */
  async destroy(environment: string, stacks: readonly StackName[]): Promise<void> {
    succeeded(await this.cdktf(environment, ["destroy", ...stacks, "--auto-approve"]));
  }

  /** `npx cdktf`. Do not look for Terraform's last words in its output: it may end before it has printed them. */
  cdktf(environment: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
    const variables = { ...this.throughMoto(), PGPOOL_ENVIRONMENT: environment, ...env };
    return this.runner.run(join("node_modules", ".bin", "cdktf"), args, this.checkout.folder, variables);
  }

  /** Terraform in the folder of a stack that has been deployed or initialized, without a question. */
  terraform(stack: StackName, args: readonly string[]): Promise<Outcome> {
    return this.runner.run("terraform", args, this.folder(stack), this.throughMoto());
  }

  /** `npm run plan`, for all stacks or some. */
  review(environment: string, options: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
    const args = ["scripts/run.mjs", "commands/plan.ts", "--environment", environment, ...options];
    return this.runner.run("node", args, this.checkout.folder, { ...this.throughMoto(), ...env });
  }

  /** What the next deploy of this stack, as it has been synthesized, would do. */
  async plan(stack: StackName, ...options: readonly string[]): Promise<Plan> {
    const args = ["plan", "-input=false", "-detailed-exitcode", "-out=plan", ...options];
    const outcome = await this.terraform(stack, args);
    if (outcome.code !== 0 && outcome.code !== 2) return { ...outcome, changes: [] };
    const shown = await this.terraform(stack, ["show", "-json", "plan"]);
    const { resource_changes = [] } = JSON.parse(shown.output) as {
      readonly resource_changes?: readonly { readonly type: string; readonly change: { readonly actions: string[] } }[];
    };
    const changes = resource_changes.map(({ type, change }) => `${change.actions.join("-")} ${type}`);
    return { ...outcome, changes: changes.filter((change) => !/^(no-op|read) /.test(change)).sort() };
  }

  /** The exit code of the plan of each stack of the environment, synthesized and initialized anew. */
  async planAll(environment: string): Promise<Record<string, number | null>> {
    await this.synthesize(environment);
    const codes: Record<string, number | null> = {};
    for (const stack of stackNames) {
      if (!existsSync(this.folder(stack))) continue;
      succeeded(await this.terraform(stack, ["init", "-input=false"]));
      codes[stack] = (await this.plan(stack)).code;
    }
    return codes;
  }

  /**
   * Applies Terraform that is not ours: what an image build or another team has made before.
   *
   * @returns its outputs, which are all text.
   */
  async others(region: string, config: object): Promise<Record<string, string>> {
    const folder = mkdtempSync(join(this.directory, "others-"));
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ provider: { aws: { region } }, ...config }));
    for (const args of [["init"], ["apply", "-auto-approve"]]) {
      succeeded(await this.runner.run("terraform", args, folder));
    }
    const { output } = await this.runner.run("terraform", ["output", "-json"], folder);
    const outputs = JSON.parse(output) as Record<string, { readonly value: string }>;
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  /** What the image build leaves: the parameter that names the newest image. */
  async publishImage(region: string, parameter: string): Promise<void> {
    const image = { name: parameter, type: "String", insecure_value: "ami-0a1b2c3d4e5f60718" };
    await this.others(region, { resource: { aws_ssm_parameter: { image } } });
  }

  /** Every object that exists, by `<type>.<hash>`, but for those of {@link ambiguous} types. */
  objects(): Record<string, unknown> {
    const files = readdirSync(this.world).filter((file) => !ambiguous.some((type) => file.startsWith(`${type}.`)));
    const value = (file: string) => JSON.parse(readFileSync(join(this.world, file), "utf8")) as { value: unknown };
    return Object.fromEntries(files.sort().map((file) => [file.replace(/\.json$/, ""), value(file).value]));
  }

  /** The objects of one type. */
  ofType(type: string): unknown[] {
    return Object.entries(this.objects()).flatMap(([name, value]) => (name.startsWith(`${type}.`) ? [value] : []));
  }

  private folder(stack: StackName): string {
    return join(this.checkout.folder, "cdktf.out/stacks", stack);
  }

  private command(entry: string, environment: string, env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
    return this.runner.run("node", ["scripts/run.mjs", entry, "--environment", environment], this.checkout.folder, env);
  }

  /** Plain HTTP through moto as proxy: the synthesized backend and remote state are used as they are. */
  private throughMoto(): NodeJS.ProcessEnv {
    return {
      HTTP_PROXY: this.moto.url,
      AWS_ENDPOINT_URL_S3: "http://s3.eu-west-1.amazonaws.com",
      AWS_ENDPOINT_URL_STS: "http://sts.eu-west-1.amazonaws.com",
    };
  }
}
