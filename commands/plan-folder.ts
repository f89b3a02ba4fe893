import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import type { PlanReport } from "../review/report";
import { renderComment, renderFull } from "../review/markdown/comment";
import { type PlannedStack, sha256 } from "./plan-stacks";
import { Refusal } from "./report-error";
import { type Manifest, manifestFile, type ManifestStack } from "./reviewed/manifest";

/** The folder of a result: made beside the earlier one, and put into its place when it is whole. */
export class PlanFolder {
  private readonly part: string;

  /** @throws {@link Refusal} when something else than an earlier result is there. */
  constructor(private readonly out: string) {
    if (!isResult(resolve(out))) {
      throw new Refusal(`${out} is there and is no earlier result of this command; name another folder with --out.`);
    }
    this.part = `${resolve(out)}.part`;
    rmSync(this.part, { recursive: true, force: true });
    mkdirSync(this.part, { recursive: true });
    for (const folder of [this.plans, this.scratch]) mkdirSync(folder, { mode: 0o700 });
  }

  /** For plans: they hold sensitive values in clear. */
  get plans(): string {
    return join(this.part, "private");
  }

  get scratch(): string {
    return join(this.plans, "scratch");
  }

  /** Writes what was found and puts it where it was asked for. */
  finish(report: PlanReport, planned: readonly PlannedStack[]): void {
    rmSync(this.scratch, { recursive: true });
    const entries = report.stacks.flatMap((stack, index) => {
      const one = planned[index];
      return one === undefined ? [] : [entryOf(stack, one)];
    });
    const { environment, commit, uncommitted } = report;
    const manifest: Manifest = { formatVersion: 1, environment, commit, uncommitted, stacks: entries };
    writeFileSync(join(this.plans, manifestFile), json(manifest), { mode: 0o600 });
    writeFileSync(join(this.part, "plan.md"), renderComment(report));
    writeFileSync(join(this.part, "plan-full.md"), renderFull(report));
    writeFileSync(join(this.part, "plan.json"), json(report));
    const old = `${resolve(this.out)}.old`;
    rmSync(old, { recursive: true, force: true });
    if (existsSync(this.out)) renameSync(this.out, old);
    renameSync(this.part, this.out);
    rmSync(old, { recursive: true, force: true });
  }

  /** Leaves nothing of a run that did not get to its end. */
  discard(): void {
    rmSync(this.part, { recursive: true, force: true });
  }
}

function entryOf(
  { stack, changes, applicable, reservations }: PlanReport["stacks"][number],
  one: PlannedStack,
): ManifestStack {
  const { planFile, synthesizedSha256, state } = one;
  if (!applicable) rmSync(planFile);
  return {
    stack,
    changes,
    applicable,
    reason: applicable ? null : reservations.join("; "),
    planFile: applicable ? basename(planFile) : null,
    planSha256: applicable ? sha256(readFileSync(planFile)) : null,
    synthesizedSha256,
    state,
  };
}

const json = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** Whether a folder may be replaced: it is not there, is empty, or is a result of this command. */
function isResult(folder: string): boolean {
  if (!existsSync(folder)) return true;
  if (relative(folder, process.cwd()) === "") return false;
  try {
    return readdirSync(folder).length === 0 || existsSync(join(folder, "private", manifestFile));
  } catch {
    return false; // a file
  }
}
