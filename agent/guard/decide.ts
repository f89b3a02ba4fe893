import { decideOnReader, initialReaderState, needed, type ReaderState } from "./decide-on-reader";
import type { Action, Observation } from "./observation";

/** What the guard remembers from one second to the next; nothing of it outlives the process. */
export interface GuardState {
  /** When the first observation was made. */
  readonly since?: number;
  /** The server that was last seen to be the writer behind the writer's endpoint. */
  readonly writer?: string;
  readonly roleChanges: number;
  /** Servers that may hold connections meant for the writer, and until when that is looked after. */
  readonly demoted: ReadonlyMap<string, number>;
  /** How often in a row each server was silent. */
  readonly silent: ReadonlyMap<string, number>;
  /** Each backend for reads, by its number. */
  readonly readers: ReadonlyMap<number, ReaderState>;
}

export const initialState: GuardState = {
  roleChanges: 0,
  demoted: new Map(),
  silent: new Map(),
  readers: new Map(),
};

/** Time in which a session may still connect to a server whose name it resolved before the change. */
const lookAfterMilliseconds = 60_000;
/** What to do now, and what to remember. It changes nothing where it cannot tell. */
export function decide(state: GuardState, seen: Observation): { state: GuardState; actions: Action[] } {
  const since = state.since ?? seen.at;
  const silent = countSilent(state, seen);
  const writer = seen.writerEndpoint.find((address) => isWriter(seen, address));
  const moved = writer !== undefined && state.writer !== undefined && state.writer !== writer;
  const demoted = whoIsDemoted({ ...state, since }, seen, moved ? state.writer : undefined);
  const readers = decideOnReaders(state.readers, seen);
  return {
    state: {
      since,
      writer: writer ?? state.writer,
      roleChanges: state.roleChanges + (moved ? 1 : 0),
      demoted,
      silent,
      readers: readers.states,
    },
    // As long as the endpoint leads to no writer, whoever is cut would only come back to the same server.
    actions: [
      ...readers.actions,
      ...(writer === undefined ? [] : connectionsToEnd(demoted, silent, seen, readers.inUse)),
    ],
  };
}

function decideOnReaders(before: GuardState["readers"], seen: Observation) {
  const writerAnswers = seen.writerEndpoint.some((address) => seen.servers.get(address)?.kind === "answers");
  const decided = seen.backends.map((backend) => ({
    backend,
    ...decideOnReader(before.get(backend.id) ?? initialReaderState, { ...backend, at: seen.at, writerAnswers }),
  }));
  const isInUse = ({ backend, actions }: (typeof decided)[number]): boolean =>
    backend.state !== "down" && !actions.some(({ kind }) => kind === "detach");
  return {
    states: new Map(decided.map(({ backend, state }) => [backend.id, state])),
    actions: decided.flatMap(({ actions }) => actions),
    /** Addresses of backends that sessions may be using. */
    inUse: decided.filter(isInUse).flatMap(({ backend }) => backend.addresses),
  };
}

const isWriter = ({ servers }: Observation, address: string): boolean => {
  const answer = servers.get(address);
  return answer?.kind === "answers" && answer.role === "writer";
};

const isReader = ({ servers }: Observation, address: string): boolean => {
  const answer = servers.get(address);
  return answer?.kind === "answers" && answer.role === "reader";
};

function countSilent(state: GuardState, { servers }: Observation): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [address, { kind }] of servers) {
    if (kind === "silent") counts.set(address, (state.silent.get(address) ?? 0) + 1);
  }
  return counts;
}

function whoIsDemoted(state: GuardState, seen: Observation, left: string | undefined): Map<string, number> {
  const until = seen.at + lookAfterMilliseconds;
  const demoted = new Map([...state.demoted].filter(([address, end]) => end > seen.at && !isWriter(seen, address)));
  if (left !== undefined && !isWriter(seen, left)) demoted.set(left, until);
  // An endpoint that lags behind: sessions are being sent there this very moment.
  for (const address of seen.writerEndpoint) if (isReader(seen, address)) demoted.set(address, until);
  // A guard that has just started cannot know who was the writer before.
  const isNew = seen.at - (state.since ?? seen.at) < lookAfterMilliseconds;
  for (const address of isNew ? seen.servers.keys() : []) {
    if (isReader(seen, address) && !demoted.has(address)) demoted.set(address, seen.at + 1);
  }
  return demoted;
}

function connectionsToEnd(
  demoted: ReadonlyMap<string, number>,
  silent: ReadonlyMap<string, number>,
  seen: Observation,
  inUse: readonly string[],
): Action[] {
  const ended = [...demoted.keys()].filter((address) => isReader(seen, address));
  // Nobody is cut off from a writer that may answer yet, nor from a reader before its backend is detached. Afterwards
  // too a session may be connecting to it, and would wait for ever: Pgpool-II has no time-out there.
  const named = new Set([...seen.writerEndpoint, ...inUse]);
  const dead = [...silent].filter(([address, count]) => count >= needed && !named.has(address));
  return [
    ...ended.map((address) => ({ kind: "end-stale", address }) as const),
    ...dead.map(([address]) => ({ kind: "cut", address, which: whichToCut(address, demoted, seen) }) as const),
  ];
}

/** A session that reads elsewhere would end with a connection that it does not use; a lost writer it cannot do without. */
function whichToCut(address: string, demoted: ReadonlyMap<string, number>, { backends }: Observation) {
  const isSpare = backends.some(({ isOneOfMany, addresses }) => isOneOfMany && addresses.includes(address));
  return isSpare && !demoted.has(address) ? "connecting" : "all";
}
