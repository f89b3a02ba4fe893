import type { Client } from "pg";
import { clientOf, endClient } from "./client";
import { pause } from "./eventually";
import type { PoolerNode } from "./node";

/** What kind of client: one keeps its connection as long as it lives, the other makes a new one for each statement. */
export type Habit = "persistent" | "reconnecting";
export type Work = "write" | "read";

interface Done {
  readonly start: number;
  readonly end: number;
  /** Absent when it went well. */
  readonly error?: string;
}

/** One client that works at a steady pace and writes down how it goes. It waits as long as it has to for an answer. */
export class LoadClient {
  readonly done: Done[] = [];
  /** Keys of rows whose insert was acknowledged. */
  readonly acknowledged: string[] = [];
  private client: Client | undefined;
  private busySince: number | undefined;
  private stopped = false;
  private finished: Promise<void> = Promise.resolve();

  constructor(
    readonly name: string,
    readonly habit: Habit,
    readonly work: Work,
    private readonly node: PoolerNode,
    private readonly login: { readonly user: string; readonly password: string },
  ) {}

  start(): void {
    this.finished = this.go(this.habit === "persistent" ? 100 : 250);
  }

  /** How long the statement under way has waited, in milliseconds; 0 when there is none. */
  get waiting(): number {
    return this.busySince === undefined ? 0 : performance.now() - this.busySince;
  }

  /** Ends it; one that hangs is cut off. */
  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.race([this.finished, pause(2000)]);
    if (this.client !== undefined) await endClient(this.client);
  }

  private async go(period: number): Promise<void> {
    for (let count = 0; !this.stopped; count += 1) {
      const start = performance.now();
      this.busySince = start;
      let error: string | undefined;
      try {
        await this.once(`${this.name}-${count}`);
      } catch (caught) {
        error = codeOf(caught);
      }
      this.busySince = undefined;
      this.done.push({ start, end: performance.now(), error });
      await pause(Math.max(10, period - (performance.now() - start)));
    }
  }

  private async once(key: string): Promise<void> {
    const client = await this.connected();
    if (this.work === "read") await client.query("SELECT count(*) FROM load_read");
    else {
      await client.query("INSERT INTO load_written VALUES ($1)", [key]);
      this.acknowledged.push(key);
    }
    if (this.habit === "reconnecting") {
      this.client = undefined;
      await endClient(client);
    }
  }

  /** As most pools do: a connection is kept after an error of SQL, and replaced when it has ended. */
  private async connected(): Promise<Client> {
    if (this.client !== undefined) return this.client;
    const client = clientOf(this.node, { ...this.login, connectionTimeoutMillis: 10_000, query_timeout: 0 });
    client.once("error", () => (this.client = undefined));
    client.once("end", () => (this.client = undefined));
    await client.connect();
    this.client = client;
    return client;
  }
}

/** Several clients at once. */
export class Load {
  readonly clients: readonly LoadClient[];

  constructor(node: PoolerNode, login: { readonly user: string; readonly password: string }, run: string) {
    const kinds: readonly [Habit, Work][] = [
      ["persistent", "write"],
      ["persistent", "write"],
      ["persistent", "read"],
      ["persistent", "read"],
      ["reconnecting", "write"],
      ["reconnecting", "read"],
    ];
    this.clients = kinds.map(([habit, work], index) => new LoadClient(`${run}-${index}`, habit, work, node, login));
    for (const client of this.clients) client.start();
  }

  /** Milliseconds after a moment until every client has had a statement that it began then, and that went well. */
  recoveredAfter(moment: number, wanted: (client: LoadClient) => boolean = () => true): number {
    const each = this.clients.filter(wanted).map(({ done }) => {
      const first = done.find(({ start, error }) => start >= moment && error === undefined);
      return first === undefined ? Number.POSITIVE_INFINITY : first.end - moment;
    });
    return Math.max(...each);
  }

  errors(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { done } of this.clients) {
      for (const { error } of done) if (error !== undefined) counts[error] = (counts[error] ?? 0) + 1;
    }
    return counts;
  }

  /** The longest time without a statement that went well, of all clients that do one kind of work. */
  gap(work: Work): number {
    const ends = this.clients
      .filter((client) => client.work === work)
      .flatMap(({ done }) => done.filter(({ error }) => error === undefined).map(({ end }) => end))
      .sort((a, b) => a - b);
    return Math.max(...ends.slice(1).map((end, index) => end - (ends[index] ?? end)));
  }

  /** The longest that any client waited for one answer, those that still wait included. */
  longestWait(): number {
    return Math.max(
      ...this.clients.flatMap(({ done, waiting }) => [waiting, ...done.map(({ start, end }) => end - start)]),
    );
  }

  get acknowledged(): string[] {
    return this.clients.flatMap((client) => client.acknowledged);
  }

  async stop(): Promise<void> {
    await Promise.all(
      this.clients.map(async (client) => {
        await client.stop();
      }),
    );
  }

  /** What happened, in one line for a reader of the test's output. */
  summary(): string {
    const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(1);
    const errors = Object.entries(this.errors()).map(([code, count]) => `${count} × ${code}`);
    const done = this.clients.reduce((sum, client) => sum + client.done.length, 0);
    return [
      `${done} statements, ${errors.join(", ") || "no error"}`,
      `longest gap of writes ${seconds(this.gap("write"))} s, of reads ${seconds(this.gap("read"))} s`,
      `longest wait ${seconds(this.longestWait())} s`,
    ].join("; ");
  }
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "code" in error && typeof error.code === "string" ? error.code : error.message;
}
