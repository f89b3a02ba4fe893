import { rules, workflowRules } from "./rules";
import { actions, source, workflows } from "./workflow";

const all = { ...rules, ...workflowRules };

test("there are workflows, and an action of our own", () => {
  expect(workflows.map(({ name }) => name.replace(/^.*\//, ""))).toEqual([
    ...["ci.yml", "deploy-round.yml", "deploy.yml", "drift.yml", "image.yml", "plan.yml"],
  ]);
  expect(actions).toHaveLength(1);
});

describe.each(workflows)("$name", (one) => {
  test.each(Object.entries(all))("%s", (_, rule) => {
    expect(rule(one)).toEqual([]);
  });
});

describe.each(actions)("$name", (one) => {
  test.each(Object.entries(rules))("%s", (_, rule) => {
    expect(rule(one)).toEqual([]);
  });
});

const sha = "3d3c42e5aac5ba805825da76410c181273ba90b1";
const steps = (text: string) =>
  `permissions: {}\nconcurrency: one\njobs:\n  a:\n    timeout-minutes: 5\n    permissions: {}\n    steps:\n      ${text}\n`;
const job = (text: string) => `permissions: {}\nconcurrency: one\njobs:\n  a:\n    ${text}\n`;

describe("a workflow is refused", () => {
  test.each<[string, keyof typeof all, string]>([
    ["for a tag", "pins every action by commit, with its version", steps("- uses: actions/cache@v4")],
    ["for a commit without its version", "pins every action by commit, with its version", steps(`- uses: a/b@${sha}`)],
    ["for a branch", "pins every action by commit, with its version", steps("- uses: actions/cache@main # v4.0.0")],
    ["for an input in a script", "puts no expression into a script", steps('- run: echo "${{ inputs.name }}"')],
    [
      "for a title in a script",
      "puts no expression into a script",
      steps('- run: echo "${{ github.event.pull_request.title }}"'),
    ],
    [
      "for uploading plan files",
      "uploads the two redacted files of a plan only",
      steps(`- { uses: "actions/upload-artifact@${sha}", with: { path: plan/private } }`),
    ],
    [
      "for uploading all of a plan",
      "uploads the two redacted files of a plan only",
      steps(`- { uses: "actions/upload-artifact@${sha}", with: { path: plan } }`),
    ],
    ["for a kept token", "leaves no token in a checkout", steps(`- uses: actions/checkout@${sha} # v7.0.1`)],
    ["for a script that is not there", "runs scripts that are there", steps("- run: npm run nothing")],
    ["for a key", "has no long-lived key", steps("- { run: x, env: { KEY: '${{ secrets.AWS_SECRET_ACCESS_KEY }}' } }")],
    ["for all permissions", "begins with no permission, and names each job's", "permissions: write-all\njobs: {}\n"],
    ["for all permissions of a job", "begins with no permission, and names each job's", job("permissions: write-all")],
    ["for a job without permissions", "begins with no permission, and names each job's", job("timeout-minutes: 5")],
    [
      "for a job that may push",
      "begins with no permission, and names each job's",
      job("permissions: { contents: write }"),
    ],
    ["for a job without an end", "ends each job in time", job("permissions: {}")],
    ["for no concurrency group", "runs once at a time", "permissions: {}\njobs: {}\n"],
  ])("%s", (_, rule, text) => {
    expect(all[rule]?.(source("example.yml", text))).toHaveLength(1);
  });
});
