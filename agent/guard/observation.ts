import type { AuroraServers } from "./aurora-servers";

/** What a database server said, asked at its address. */
export type Answer =
  | { readonly kind: "answers"; readonly role: "writer" | "reader" }
  /** It refuses connections, is starting or ending, or says nothing in time. */
  | { readonly kind: "silent"; readonly why: string }
  /** It is there, but does not let the guard in: that tells nothing about others. */
  | { readonly kind: "unclear"; readonly why: string };

/** Whether Pgpool-II uses the reader's backend, as far as it can be told. */
export type BackendState = "up" | "down" | "unknown";

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
  readonly readerBackend: BackendState;
  /** Which servers there are; absent where the database is not Aurora, or none could be asked. */
  readonly aurora?: AuroraServers;
}

/** What the guard does about it. */
export type Action =
  /** Take the reader's backend out: its sessions end, and new ones use the writer for everything. */
  | { readonly kind: "detach" }
  | { readonly kind: "attach" }
  /** End connections of the writer's backend that still lead to a server which is a reader now. */
  | { readonly kind: "end-stale"; readonly address: string }
  /** Cut connections to a server that answers nothing. */
  | { readonly kind: "cut"; readonly address: string };
