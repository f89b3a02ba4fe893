import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** What is read at once; the rest waits for the next second. */
const mostBytes = 4 * 1024 * 1024;
/** A line that is longer is none of Pgpool-II's refusals. */
const longestLine = 16 * 1024;

/**
 * What Pgpool-II 4.3 to 4.7 writes of a client that it turns away because reserved_connections leaves no place; a
 * database that is full says "sorry". Who the client is cannot be told: it has not said so yet.
 */
const refusal = /^\S+ \S+ pgpool\[\d+\]: .*ERROR: {1,2}Sorry, too many clients already$/gm;

/**
 * Counts the clients that were turned away because the node was full, pgdoctor's questions among them. No command of
 * Pgpool-II tells, so its log does: the copy of the journal that is made for the CloudWatch agent.
 */
export class RefusedClients {
  private inode: number | undefined;
  private offset = 0;
  private rest = "";
  private isFirst = true;

  constructor(private readonly path: string) {}

  /** How many there were since the last look; the first one only finds the log's end. Never throws. */
  look(): number {
    const isFirst = this.isFirst;
    this.isFirst = false;
    let file: number;
    try {
      file = openSync(this.path, "r");
    } catch {
      return 0;
    }
    try {
      const { ino, size } = fstatSync(file);
      // Another file, or the same one cut by logrotate: from its beginning, where it was not simply found late.
      if (ino !== this.inode || size < this.offset) this.start(ino, isFirst ? size : 0);
      return this.countIn(this.read(file));
    } catch {
      return 0;
    } finally {
      closeSync(file);
    }
  }

  private start(inode: number, offset: number): void {
    this.inode = inode;
    this.offset = offset;
    this.rest = "";
  }

  private read(file: number): string {
    const buffer = Buffer.allocUnsafe(mostBytes);
    const length = readSync(file, buffer, 0, mostBytes, this.offset);
    this.offset += length;
    // One character a byte: what is looked for has no others.
    return buffer.toString("latin1", 0, length);
  }

  /** The last line may not be whole yet. */
  private countIn(text: string): number {
    const whole = this.rest + text;
    const end = whole.lastIndexOf("\n") + 1;
    this.rest = whole.slice(end).slice(-longestLine);
    return whole.slice(0, end).match(refusal)?.length ?? 0;
  }
}
