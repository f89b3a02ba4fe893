/** Lines that a minute may have: a day of trouble stays below a hundred thousand. */
const mostPerMinute = 60;
const minute = 60_000;

/**
 * A log that cannot fill a disk: the same line at most once a minute, and all of them at most so many; how many were
 * left out is told.
 */
export class BoundedLog {
  private readonly told = new Set<string>();
  private start = Number.NEGATIVE_INFINITY;
  private written = 0;
  private leftOut = 0;

  constructor(
    private readonly write: (line: string) => void,
    private readonly now: () => number,
  ) {}

  /** What is the case: the same once a minute. */
  line(text: string): void {
    this.turn();
    if (this.told.has(text)) this.leftOut += 1;
    else this.event(text);
  }

  /** What has happened: each time, as long as the minute has room. */
  event(text: string): void {
    this.turn();
    this.told.add(text);
    if (this.written < mostPerMinute) {
      this.written += 1;
      this.write(text);
    } else this.leftOut += 1;
  }

  private turn(): void {
    const now = this.now();
    if (now - this.start >= minute) this.nextMinute(now);
  }

  private nextMinute(now: number): void {
    if (this.leftOut > 0) this.write(`${this.leftOut} lines of the last minute were left out`);
    this.start = now;
    this.written = 0;
    this.leftOut = 0;
    this.told.clear();
  }
}
