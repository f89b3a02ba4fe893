import type { ReaderSlot } from "../../pgpool/readers-conf";
import type { Answer, Backend, BackendState, Verdict } from "./observation";

/** What was seen of the servers; see Observation. */
interface Seen {
  readonly readerEndpoint: readonly string[];
  readonly servers: ReadonlyMap<string, Answer>;
}

/** The one backend that is the readers' endpoint. */
export const endpointBackend = 1;

/** All readers are one backend: it is as good as the worst of them, since Pgpool-II may have chosen any. */
export function backendOfEndpoint({ readerEndpoint: addresses, servers }: Seen, state: BackendState): Backend {
  const answers = addresses.map((address) => servers.get(address));
  const name = "the readers' endpoint";
  return { id: endpointBackend, name, addresses, isOneOfMany: false, state, ...judge(answers) };
}

function judge(answers: readonly (Answer | undefined)[]): { verdict: Verdict; why: string } {
  if (answers.some((answer) => answer?.kind === "silent")) return { verdict: "bad", why: "a reader is silent" };
  if (answers.length > 0 && answers.every((answer) => answer?.kind === "answers")) {
    return { verdict: "good", why: "the readers answer" };
  }
  return { verdict: "unsure", why: "it is not known how the readers are" };
}

/** What is known of one instance. */
interface Instance {
  readonly slot: ReaderSlot;
  readonly addresses: readonly string[];
  /** Whether the cluster still has it; undefined while that could not be asked. */
  readonly isMember: boolean | undefined;
  readonly state: BackendState;
}

/** Each reader is a backend. The instance that is the writer now has one too, for the time after the next failover. */
export function backendOfInstance(servers: Seen["servers"], { slot, addresses, isMember, state }: Instance): Backend {
  const answers = addresses.map((address) => servers.get(address));
  const { backend: id, host: name } = slot;
  return { id, name, addresses, isOneOfMany: true, state, ...judgeInstance(answers, isMember) };
}

function judgeInstance(answers: readonly (Answer | undefined)[], isMember: boolean | undefined) {
  if (isMember === false) return { verdict: "bad", why: "it is no longer in the cluster" } as const;
  // Reads that went there would load the writer, which has the writes.
  if (answers.some((answer) => answer?.kind === "answers" && answer.role === "writer")) {
    return { verdict: "bad", why: "it is the writer now" } as const;
  }
  return answers.some((answer) => answer?.kind === "silent")
    ? ({ verdict: "bad", why: "it is silent" } as const)
    : judge(answers);
}
