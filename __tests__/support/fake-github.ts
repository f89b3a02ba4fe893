import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A comment or an issue as the fake keeps it. */
export interface FakePost {
  readonly id: number;
  readonly number: number;
  body: string;
  state: string;
  readonly user: { readonly login: string };
  readonly pull_request?: object;
}

/** An answer that the fake gives once, instead of doing what was asked. */
export interface Fault {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly message?: string;
  /** Does what was asked all the same: only the answer is lost. */
  readonly done?: boolean;
}

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly content: unknown;
}

/** Comments of pull request 7 and issues of `owner/name`, behind the parts of GitHub's API that are used here. */
export class FakeGitHub {
  readonly login = "github-actions[bot]";
  readonly comments: FakePost[] = [];
  readonly issues: FakePost[] = [];
  readonly requests: string[] = [];
  /** Answers of the next requests that match `METHOD /path`, one each. */
  readonly faults: [RegExp, Fault][] = [];
  private readonly server: Server = createServer((request, response) => {
    void readBody(request).then((text) => {
      const { status, headers = {}, content } = this.answer(request, text);
      response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(content));
    });
  });
  private lastId = 1000;

  async start(): Promise<string> {
    await new Promise<void>((ready) => this.server.listen(0, "127.0.0.1", ready));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  /** A post as if it had been there. */
  add(list: FakePost[], body: string, login = this.login, more: { readonly pull_request?: object } = {}): FakePost {
    this.lastId += 1;
    const post = { id: this.lastId, number: this.lastId, body, state: "open", user: { login }, ...more };
    list.push(post);
    return post;
  }

  private answer(request: IncomingMessage, text: string): Answer {
    const url = new URL(request.url ?? "/", "http://localhost");
    const what = `${request.method ?? ""} ${url.pathname}`;
    this.requests.push(what);
    if (request.headers.authorization !== "Bearer s3cret")
      return { status: 401, content: { message: "Bad credentials" } };
    const index = this.faults.findIndex(([pattern]) => pattern.test(what));
    const [, fault] = (index < 0 ? undefined : this.faults.splice(index, 1)[0]) ?? [];
    if (fault !== undefined && fault.done !== true) return refused(fault);
    const done = this.serve(what, url.searchParams, text === "" ? {} : (JSON.parse(text) as Partial<FakePost>));
    return fault === undefined ? done : refused(fault);
  }

  private serve(what: string, query: URLSearchParams, change: Partial<FakePost>): Answer {
    if (what === "POST /graphql") return { status: 200, content: { data: { viewer: { login: this.login } } } };
    const [, method = "", kind = "", id] =
      /^(\w+) \/repos\/owner\/name\/(issues\/7\/comments|issues\/comments|issues)(?:\/(\d+))?$/.exec(what) ?? [];
    const list = kind.endsWith("comments") ? this.comments : this.issues;
    if (method === "GET" && id === undefined) return { status: 200, content: page(list, query) };
    if (method === "POST" && id === undefined) return { status: 201, content: this.add(list, change.body ?? "") };
    const found = list.find((post) => post.id === Number(id));
    if (method !== "PATCH" || found === undefined) return { status: 404, content: { message: "Not Found" } };
    return { status: 200, content: Object.assign(found, change) };
  }
}

const refused = ({ status, headers, message = "refused by the test" }: Fault): Answer => ({
  status,
  headers,
  content: { message },
});

function page(list: readonly FakePost[], query: URLSearchParams): readonly FakePost[] {
  const size = Number(query.get("per_page") ?? 30);
  const start = (Number(query.get("page") ?? 1) - 1) * size;
  const state = query.get("state");
  return list.filter((post) => state === null || post.state === state).slice(start, start + size);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
