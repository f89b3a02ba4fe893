import type { Block } from "../terraform-json";
import { dataSources, nested, textOf, texts } from "../blocks";
import { type Guard, policyDocument } from "../guard";

const issuer = "token.actions.githubusercontent.com";

/** One whole pull request, branch or environment of one repository; no pattern. */
const wholeSubject = /^repo:[\w-]+\/[\w.-]+:(pull_request|ref:refs\/heads\/[\w./-]+|environment:[\w-]+)$/;

function faults(statement: Block): readonly string[] {
  const principals = nested(statement, "principals");
  const providers = principals.flatMap((principal) => texts(principal, "identifiers"));
  const valuesOf = (claim: string): readonly string[] =>
    nested(statement, "condition")
      .filter((one) => one.test === "StringEquals" && one.variable === `${issuer}:${claim}`)
      .flatMap((one) => texts(one, "values"));
  const [subject = "", ...more] = valuesOf("sub");
  return [
    ...(principals.length === 1 && textOf(principals[0] ?? {}, "type") === "Federated" && providers.length === 1
      ? []
      : ["trusts more or others than one provider"]),
    ...(/^sts\.amazonaws\.com(\.cn)?$/.test(valuesOf("aud").join(" ")) ? [] : ["takes tokens that are for others"]),
    ...(wholeSubject.test(subject) && more.length === 0 ? [] : ["is for more than one situation of a repository"]),
  ];
}

const github = { type: "Federated", identifiers: [`arn:aws:iam::111122223333:oidc-provider/${issuer}`] };
const aud = { test: "StringEquals", variable: `${issuer}:aud`, values: ["sts.amazonaws.com"] };
const sub = (...values: readonly string[]) => ({ test: "StringEquals", variable: `${issuer}:sub`, values });
const main = sub("repo:owner/name:ref:refs/heads/main");
const trust = (condition: readonly object[], principals: readonly object[] = [github]) => ({
  json: policyDocument({ actions: ["sts:AssumeRoleWithWebIdentity"], principals, condition }),
});

export const trustedWorkflow: Guard = {
  rule: "a role of workflows trusts one repository in one situation",
  violations: ({ json }) =>
    dataSources(json, "aws_iam_policy_document").flatMap(({ address, block }) =>
      nested(block, "statement")
        .filter((one) => texts(one, "actions").includes("sts:AssumeRoleWithWebIdentity"))
        .flatMap((one) => faults(one).map((fault) => `${address} ${fault}`)),
    ),
  accepts: {
    "a branch": trust([aud, main]),
    "pull requests": trust([aud, sub("repo:owner/name:pull_request")]),
    "an environment in China": trust([
      { ...aud, values: ["sts.amazonaws.com.cn"] },
      sub("repo:o/n:environment:beijing"),
    ]),
  },
  refuses: {
    "every repository": trust([aud]),
    "every branch": trust([aud, sub("repo:owner/name:*")]),
    "a pattern": trust([aud, { ...main, test: "StringLike" }]),
    "two situations": trust([aud, sub("repo:owner/name:pull_request", "repo:owner/name:environment:production")]),
    "tokens for others": trust([main]),
    "somebody else beside GitHub": trust([aud, main], [github, { type: "AWS", identifiers: ["111122223333"] }]),
  },
};
