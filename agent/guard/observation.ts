import type { AuroraServers } from "./aurora-servers";

/** What a database server said, asked at its address. */
export type Answer =
  | { readonly kind: "answers"; readonly role: "writer" | "reader" }
  /** It refuses connections, is starting or ending, or says nothing in time. */
  | { readonly kind: "silent"; readonly why: string }
  /** It is there, but does not let the guard in: that tells nothing about others. */
  | { readonly kind: "unclear"; readonly why: string };

/** Whether Pgpool-II uses a backend, as far as it can be told. */
export type BackendState = "up" | "down" | "unknown";

/** Whether reads may go to a backend, by what its servers say. */
export type Verdict = "good" | "bad" | "unsure";

/** A backend of Pgpool-II for reads. */
export interface Backend {
  /** Its number in pgpool.conf. */
  readonly id: number;
  /** Its name in messages. */
  readonly name: string;
  /** Where connections to it may lead. */
  readonly addresses: readonly string[];
  /** Whether sessions that read from other backends hold a connection to it too, which they do not use. */
  readonly isOneOfMany: boolean;
  readonly state: BackendState;
  readonly verdict: Verdict;
  /** The reason of the verdict, in words. */
  readonly why: string;
}

/** All that the guard sees at one moment. */
export interface Observation {
  /** Milliseconds of a clock that never goes back. */
  readonly at: number;
  /** Addresses of the writer's endpoint; none when its name could not be resolved. */
  readonly writerEndpoint: readonly string[];
  /** Addresses of the readers' endpoint; none when its name could not be resolved. */
  readonly readerEndpoint: readonly string[];
  /** Each of these addresses, and those that an endpoint had a short time ago. */
  readonly servers: ReadonlyMap<string, Answer>;
  readonly backends: readonly Backend[];
  /** Which servers there are; absent where the database is not Aurora, or none could be asked. */
  readonly aurora?: AuroraServers;
}

/** What the guard does about it. */
export type Action =
  /** Take a backend out: sessions that read there end, and new ones do not. */
  | { readonly kind: "detach"; readonly backend: number }
  | { readonly kind: "attach"; readonly backend: number }
  /** End connections of the writer's backend that still lead to a server which is a reader now. */
  | { readonly kind: "end-stale"; readonly address: string }
  /** Cut connections to a server that answers nothing: all of them, or those that are waiting for its first word. */
  | { readonly kind: "cut"; readonly address: string; readonly which: "all" | "connecting" };
