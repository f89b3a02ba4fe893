import { type Job, scripts, type Source, type Step } from "./workflow";

/** A rule of workflows: what breaks it, in the file's words. */
export type Rule = (source: Source) => readonly string[];

const jobsOf = ({ workflow }: Source): readonly (readonly [string, Job])[] => Object.entries(workflow.jobs ?? {});
const stepsOf = (source: Source): readonly Step[] => [
  ...jobsOf(source).flatMap(([, { steps = [] }]) => steps),
  ...(source.workflow.runs?.steps ?? []),
];
const runsOf = (source: Source): readonly string[] => stepsOf(source).flatMap(({ run = [] }) => run);

/** A tag can be moved to other code; a commit cannot. The comment is for people, and for what updates it. */
const pinned: Rule = ({ text }) =>
  Array.from(text.matchAll(/uses:\s*(.+)/g), ([, used = ""]) => used.trim()).filter(
    (used) => !used.startsWith("./") && !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(used),
  );

const leastPermissions: Rule = (source) => [
  ...(JSON.stringify(source.workflow.permissions) === "{}" ? [] : ["the workflow does not begin with permissions: {}"]),
  ...jobsOf(source).flatMap(([name, { permissions }]) => [
    ...(typeof permissions === "object" ? [] : [`${name} does not name its permissions`]),
    ...Object.entries(permissions ?? {})
      .filter(([what, how]) => how === "write" && !["id-token", "pull-requests", "issues"].includes(what))
      .map(([what]) => `${name} may write ${what}`),
  ]),
];

const timeouts: Rule = (source) =>
  jobsOf(source).flatMap(([name, job]) =>
    job.uses !== undefined || typeof job["timeout-minutes"] === "number" ? [] : [`${name} may run for six hours`],
  );

/** What stands in a script is run, whoever has written it: a title, a branch, an input. Variables are only read. */
const noInterpolation: Rule = (source) => runsOf(source).filter((run) => run.includes("${{"));

const noPrivatePlans: Rule = (source) =>
  stepsOf(source)
    .filter(({ uses = "" }) => uses.includes("upload-artifact"))
    .flatMap(({ with: { path } = {} }) => String(path).trim().split(/\s+/))
    .filter((path) => !/^plan\/plan(-full\.md|\.json)$/.test(path));

const noLeftCredentials: Rule = (source) =>
  stepsOf(source)
    .filter(
      (step) => step.uses?.startsWith("actions/checkout@") === true && step.with?.["persist-credentials"] !== false,
    )
    .map(() => "checkout leaves the token in .git/config");

const knownScripts: Rule = (source) =>
  runsOf(source)
    .flatMap((run) => Array.from(run.matchAll(/npm run (?:--silent )?([\w:-]+)/g), ([, name = ""]) => name))
    .filter((name) => !scripts.includes(name));

const noKeys: Rule = ({ text }) => text.match(/aws-access-key-id|aws-secret-access-key|secrets\.\w+/g) ?? [];

const oneAtATime: Rule = ({ name, workflow }) =>
  workflow.concurrency === undefined && !name.endsWith("deploy-round.yml") ? ["it has no concurrency group"] : [];

/** Rules of every file. */
export const rules: Readonly<Record<string, Rule>> = {
  "pins every action by commit, with its version": pinned,
  "puts no expression into a script": noInterpolation,
  "uploads the two redacted files of a plan only": noPrivatePlans,
  "leaves no token in a checkout": noLeftCredentials,
  "runs scripts that are there": knownScripts,
  "has no long-lived key": noKeys,
};

/** Rules of workflows, which actions of our own cannot break. */
export const workflowRules: Readonly<Record<string, Rule>> = {
  "begins with no permission, and names each job's": leastPermissions,
  "ends each job in time": timeouts,
  "runs once at a time": oneAtATime,
};
