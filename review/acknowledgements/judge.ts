import type { StackName } from "../../config/state";
import type { DangerReport, Finding } from "../report";
import { type Acknowledgement, acknowledgementsFile } from "./acknowledgement";

/** Everything that a judgement depends on. */
export interface Facts {
  readonly environment: string;
  /** The stacks that were planned, with what is dangerous in them. */
  readonly planned: readonly { readonly stack: StackName; readonly findings: readonly Finding[] }[];
  /** Whether these are all stacks of the environment. */
  readonly complete: boolean;
  readonly acknowledgements: readonly Acknowledgement[];
  /** YYYY-MM-DD in UTC. */
  readonly today: string;
}

/** Which dangers somebody has answered for, and which answers are for nothing. */
export interface Judgement {
  readonly dangers: readonly DangerReport[];
  readonly problems: readonly string[];
}

/** Lays the acknowledgements of an environment beside the dangers of its plans. */
export function judge({ environment, planned, complete, acknowledgements, today }: Facts): Judgement {
  const own = acknowledgements.filter((one) => one.environment === environment);
  const valid = own.filter(({ expires }) => expires >= today);
  const dangers = planned.flatMap(({ stack, findings }) =>
    findings.map((finding): DangerReport => {
      const found = valid.find((one) => isFor(one, stack, finding));
      return {
        stack,
        ...finding,
        acknowledgement: found === undefined ? null : { reason: found.reason, expires: found.expires },
      };
    }),
  );
  const isPlanned = ({ stack }: Acknowledgement) =>
    stack === undefined ? complete : planned.some((one) => one.stack === stack);
  const unused = valid.filter((one) => isPlanned(one) && !dangers.some((danger) => isFor(one, danger.stack, danger)));
  return {
    dangers,
    problems: [
      ...own
        .filter((one) => !valid.includes(one))
        .map((one) => `${nameOf(one)} has expired on ${one.expires}: remove it, or renew it with a new reason.`),
      ...unused.map((one) => `${nameOf(one)} is for nothing in this plan: remove it.`),
    ],
  };
}

const isFor = (one: Acknowledgement, stack: StackName, { address, danger }: Finding): boolean =>
  one.address === address && one.danger === danger && (one.stack ?? stack) === stack;

const nameOf = ({ address, danger }: Acknowledgement): string => `${acknowledgementsFile}: "${danger}" of ${address}`;
