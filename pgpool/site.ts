import type { Consistency } from "../config/consistency";
import type { ReaderKind } from "../config/readers";
import type { NodePaths } from "./paths";

/** What pgpool.conf takes from the environment and from the node; everything else is the same everywhere. */
export interface Site {
  readonly paths: NodePaths;
  readonly writerEndpoint: string;
  readonly readerEndpoint: string;
  /** Whether backend 1 is the readers' endpoint, or backends for each reader are in a file of their own. */
  readonly readers: ReaderKind;
  /** PostgreSQL's port on both endpoints. */
  readonly databasePort: number;
  readonly healthDatabase: string;
  readonly healthUser: string;
  /** The health user's password in the form that {@link encryptPassword} gives it. */
  readonly healthPassword: string;
  /** Clients that the node serves. */
  readonly children: number;
  /** What a session sees of its own writes. */
  readonly consistency: Consistency;
  /** Settings that the user has named; they come before ours. */
  readonly tunables: Readonly<Record<string, boolean | number | string | undefined>>;
  /** Seconds; 0 is never. */
  readonly clientIdleLimit: number;
}
