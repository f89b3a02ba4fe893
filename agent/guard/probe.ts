import { Socket } from "node:net";
import { Client, DatabaseError } from "pg";
import { messageOf } from "../host";
import { auroraQuery, type AuroraServers, readServers, serversQuery } from "./aurora-servers";
import type { GuardSettings } from "./guard-settings";
import type { Answer } from "./observation";
import { withLimit } from "./with-limit";

const limitMilliseconds = 1500;
/** SQLSTATE of a server that is starting or ending. */
const notServing = ["57P01", "57P02", "57P03"];

/** One kept connection to one server, so that asking costs neither a handshake nor a process of the database. */
export class Probe {
  private client: Client | undefined;
  private socket: Socket | undefined;
  /** Whether the server at the other end of this connection is Aurora's; asked once for each connection. */
  private isAurora: boolean | undefined;

  constructor(
    private readonly address: string,
    /** The endpoint that led to it: the name in its certificate. */
    private readonly endpoint: string,
    private readonly certificates: string,
  ) {}

  /** Asks for its role; never takes longer than the limit, never throws. */
  async ask(settings: GuardSettings): Promise<Answer> {
    try {
      const [row] = await this.query<{ replica: boolean }>(settings, "SELECT pg_is_in_recovery() AS replica");
      return { kind: "answers", role: row?.replica === true ? "reader" : "writer" };
    } catch (error) {
      this.close();
      const why = messageOf(error);
      const isThere = error instanceof DatabaseError && !notServing.includes(error.code ?? "");
      return { kind: isThere || isCertificate(error) ? "unclear" : "silent", why };
    }
  }

  /**
   * Which servers the cluster has; nothing where the database is not Aurora, or does not answer now. Never takes longer
   * than twice the limit, never throws.
   */
  async auroraServers(settings: GuardSettings): Promise<AuroraServers | undefined> {
    try {
      this.isAurora ??= (await this.query<{ aurora: boolean }>(settings, auroraQuery))[0]?.aurora === true;
      return this.isAurora ? readServers(await this.query(settings, serversQuery)) : undefined;
    } catch (error) {
      // A server that refuses the question still answers the other one; a silent one has to be asked anew.
      if (!(error instanceof DatabaseError)) this.close();
      return undefined;
    }
  }

  /** Runs a statement on the kept connection. */
  async query<R extends object>(settings: GuardSettings, text: string, values: unknown[] = []): Promise<R[]> {
    return await withLimit(limitMilliseconds, async () => {
      this.client ??= await this.connect(settings);
      return (await this.client.query<R>(text, values)).rows;
    });
  }

  /** Ends the connection without waiting for a server that may not listen. */
  close(): void {
    this.socket?.destroy();
    this.client = undefined;
    this.socket = undefined;
    this.isAurora = undefined;
  }

  private async connect({ port, database, user, password }: GuardSettings): Promise<Client> {
    const socket = new Socket();
    this.socket = socket;
    const client = new Client({
      host: this.address,
      port,
      database,
      user,
      password,
      application_name: "pgpool-guard",
      ssl: { ca: this.certificates, servername: this.endpoint },
      stream: () => socket,
    });
    client.on("error", () => {
      this.close();
    });
    await client.connect();
    return client;
  }
}

/** Node.js says so of a server that is there, with a certificate of somebody else. */
const isCertificate = (error: unknown): boolean =>
  error instanceof Error && "code" in error && /CERT|ALTNAME|UNABLE_TO|SELF_SIGNED/.test(String(error.code));
