import { AgentError, type Host, messageOf, textOf } from "./host";

export interface RetryLimits {
  /** Time after which no further attempt is made. */
  readonly giveUpAfterSeconds: number;
  /** Time that one attempt may take. */
  readonly attemptSeconds: number;
}

/** What is tried, and what is known of it. */
export interface Attempt<T> {
  /** Begins each message. */
  readonly what: string;
  readonly run: (signal: AbortSignal) => Promise<T>;
  /** Whether an error will be the same next time. */
  readonly isFinal: (error: unknown) => boolean;
}

/** Longest pause between two attempts. */
const longestPauseSeconds = 15;

/**
 * Tries until it works, with pauses that double, and says of each attempt why it failed.
 *
 * @throws {@link AgentError} when time is up or an error is final.
 */
export async function retry<T>(host: Host, attempt: Attempt<T>, limits: RetryLimits): Promise<T> {
  const start = host.now();
  for (let count = 1; ; count += 1) {
    try {
      return await withTimeout(attempt.run, limits.attemptSeconds);
    } catch (error) {
      const failed = `${attempt.what}: attempt ${count} failed: ${describe(error)}`;
      if (attempt.isFinal(error)) throw new AgentError(`${failed}; another one would fail too`);
      const pause = Math.min(2 ** (count - 1), longestPauseSeconds);
      const spent = (host.now() - start) / 1000;
      if (spent + pause > limits.giveUpAfterSeconds) {
        throw new AgentError(`${failed}; gave up after ${Math.round(spent)} s`);
      }
      host.log(`${failed}; next in ${pause} s`);
      await host.sleep(pause * 1000);
    }
  }
}

const describe = (error: unknown): string => {
  const name = textOf(error, "name") ?? "Error";
  return name === "Error" ? messageOf(error) : `${name}: ${messageOf(error)}`;
};

/** The signal alone is not enough: what looks up credentials does not hear it. */
async function withTimeout<T>(run: (signal: AbortSignal) => Promise<T>, seconds: number): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${seconds} s`));
      controller.abort();
    }, seconds * 1000);
  });
  try {
    return await Promise.race([run(controller.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
