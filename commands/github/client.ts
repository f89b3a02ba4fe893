import { setTimeout as sleep } from "node:timers/promises";
import { Refusal } from "../report-error";

/** Where GitHub is, and as whom. */
export interface GitHubAccess {
  /** REST API, such as https://api.github.com. */
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  /** `owner/name` */
  readonly repository: string;
  readonly token: string;
}

/** An answer, or none, that may be another one next time. */
class PassingError extends Error {
  constructor(
    message: string,
    /** What GitHub asks to wait. */
    readonly seconds?: number,
  ) {
    super(message);
  }
}

const attempts = 5;
/** Longer than this no job waits: GitHub's limits by the hour can ask for far more. */
const longestPauseSeconds = 60;
const answerSeconds = 30;
/** The most that GitHub gives on one page. */
const pageSize = 100;

/** GitHub's API for one repository. */
export class GitHub {
  constructor(
    readonly access: GitHubAccess,
    private readonly pause: (seconds: number) => Promise<unknown> = (seconds) => sleep(seconds * 1000),
  ) {}

  /** Who the token is. GraphQL says it of every kind of token; REST's GET /user refuses that of a workflow. */
  async login(): Promise<string> {
    const answer = await this.ask(this.access.graphqlUrl, "POST", { query: "{ viewer { login } }" });
    const { data } = answer as { readonly data?: { readonly viewer?: { readonly login?: string } } };
    if (data?.viewer?.login === undefined) throw new Refusal("GitHub does not say whose token GITHUB_TOKEN is");
    return data.viewer.login;
  }

  /** Everything of a list below the repository, page by page. */
  async *list<T>(path: string, query: Readonly<Record<string, string>> = {}): AsyncGenerator<T> {
    for (let page = 1; ; page += 1) {
      const parameters = new URLSearchParams({ ...query, per_page: String(pageSize), page: String(page) });
      const found = (await this.send("GET", `${path}?${parameters.toString()}`)) as readonly T[];
      yield* found;
      if (found.length < pageSize) return;
    }
  }

  /** One request below the repository. */
  send(method: "GET" | "POST" | "PATCH", path: string, body?: object): Promise<unknown> {
    return this.ask(`${this.access.apiUrl}/repos/${this.access.repository}/${path}`, method, body);
  }

  /**
   * Does something until GitHub has an answer, five times at most, with pauses that double. What is done has to look first
   * what is there: when an answer was lost, it may have been done already.
   *
   * @throws {@link Refusal} when the answer is no, or there is none.
   */
  async retried<T>(action: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await action();
      } catch (error) {
        if (!(error instanceof PassingError)) throw error;
        const seconds = Math.max(2 ** (attempt - 1), error.seconds ?? 0);
        if (attempt === attempts || seconds > longestPauseSeconds) {
          throw new Refusal(`${error.message}; gave up after ${attempt} of ${attempts} attempts: run it again later`);
        }
        console.error(`${error.message}; next attempt in ${seconds} s`);
        await this.pause(seconds);
      }
    }
  }

  private async ask(url: string, method: string, body?: object): Promise<unknown> {
    const headers = {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${this.access.token}`,
      "user-agent": "pgpool-aurora",
      "x-github-api-version": "2022-11-28",
    };
    const request = { method, headers, body: body && JSON.stringify(body), redirect: "error" } as const;
    const what = `${method} ${new URL(url).pathname}`;
    try {
      const answer = await fetch(url, { ...request, signal: AbortSignal.timeout(answerSeconds * 1000) });
      const text = await answer.text();
      if (answer.ok) return JSON.parse(text);
      throw this.complaint(what, answer, text);
    } catch (error) {
      if (error instanceof PassingError || error instanceof Refusal) throw error;
      // fetch says only "fetch failed"; its cause says why.
      const { message, cause = {} } = error as Error & { readonly cause?: Partial<Error> };
      throw new PassingError(`GitHub cannot be reached, ${what}: ${cause.message ?? message}`);
    }
  }

  private complaint(what: string, { status, headers }: Response, text: string): Error {
    const said = `GitHub answers ${what} with ${status}: ${messageIn(text).replaceAll(this.access.token, "***")}`;
    const wait = headers.get("retry-after");
    const spent = headers.get("x-ratelimit-remaining") === "0";
    if (status >= 500 || status === 429 || (status === 403 && (wait !== null || spent))) {
      return new PassingError(said, wait === null ? untilReset(headers) : Number(wait) || 0);
    }
    return new Refusal(`${said}; ${remedies[status] ?? "nothing was changed"}`);
  }
}

/** What to do about an answer, by its status. */
const remedies: Readonly<Record<number, string>> = {
  401: "GITHUB_TOKEN is wrong or has expired",
  403: "the token may not do this: a workflow's job needs pull-requests: write for a comment, issues: write for an issue; a pull request from a fork has neither",
  404: "there is no such repository, pull request or issue, or the token may not see it",
};

function untilReset(headers: Headers): number | undefined {
  const reset = headers.get("x-ratelimit-reset");
  if (reset === null || headers.get("x-ratelimit-remaining") !== "0") return undefined;
  return Math.max(0, Math.ceil(Number(reset) - Date.now() / 1000));
}

/** GitHub's own words; a proxy's page is cut. */
function messageIn(text: string): string {
  try {
    return (JSON.parse(text) as { readonly message?: string }).message ?? "no message";
  } catch {
    return text.slice(0, 200);
  }
}
