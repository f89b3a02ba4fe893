import type { ReaderKind } from "../config/readers";
import type { Literal } from "./literal";
import type { Site } from "./site";

/** One setting of pgpool.conf: what we write, and why. */
export interface Setting {
  readonly name: string;
  readonly value: Literal | ((site: Site) => Literal);
  /** The reason, as it stands above the line in the file. */
  readonly why: string;
  /** Only where the readers are reached in this way. @default - always */
  readonly readers?: ReaderKind;
  /** Series that brought it, such as "4.4": Pgpool-II ignores in silence what it does not know. */
  readonly since?: `${number}.${number}`;
  /** First series without it, or where another name took over. */
  readonly until?: `${number}.${number}`;
}
