import { refuses } from "../../support/wrong-input";

const state = { kind: "s3", bucket: "team-state", region: "eu-west-1" };
const github = { kind: "github", repository: "owner/name" };

refuses([
  {
    what: "a pipeline without a shared state",
    change: { pipeline: github },
    path: "state.kind",
    got: "local",
    allowed: '"s3", since there is a pipeline',
    remedy: "a workflow cannot see files of this machine",
  },
  {
    what: "a repository without its owner",
    change: { state, pipeline: { ...github, repository: "name" } },
    path: "pipeline.repository",
    got: "name",
    allowed: "owner/name",
    remedy: "change it",
  },
  {
    what: "every repository of an owner",
    change: { state, pipeline: { ...github, repository: "owner/*" } },
    path: "pipeline.repository",
    got: "owner/*",
    allowed: "owner/name",
    remedy: "change it",
  },
  {
    what: "every branch",
    change: { state, pipeline: { ...github, branch: "*" } },
    path: "pipeline.branch",
    got: "*",
    allowed: "without * or ?",
    remedy: "change it",
  },
  {
    what: "a host that has no roles here",
    change: { state, pipeline: { kind: "gitlab" } },
    path: "pipeline.kind",
    got: "gitlab",
    allowed: '"none", "github"',
    remedy: "github",
  },
  {
    what: "a provider that is neither",
    change: { state, pipeline: { ...github, oidcProvider: "exisiting" } },
    path: "pipeline.oidcProvider",
    got: "exisiting",
    allowed: '"existing", "new"',
    remedy: 'did you mean "existing"?',
  },
]);
