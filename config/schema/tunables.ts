import * as z from "zod";
import { setting } from "./leaf";

const seconds = (min: number, max: number, means: string) =>
  setting(z.int().min(min).max(max).optional(), means, `seconds, a whole number from ${min} to ${max}`);

const count = (min: number, max: number, means: string) =>
  setting(z.int().min(min).max(max).optional(), means, `a whole number from ${min} to ${max}`);

const flag = (means: string) => setting(z.boolean().optional(), means, "true, false");

const list = (means: string) =>
  setting(
    z
      .string()
      .regex(/^[^'\p{Cc}]{1,2000}$/u)
      .optional(),
    means,
    "a text without quotes and line breaks",
  );

/** A setting that is known and may not be changed: another value is unsafe, or was measured to break sessions. */
const fixed = (value: boolean | string, why: string) =>
  setting(z.literal(value).optional(), `Fixed: otherwise ${why}.`, `only ${JSON.stringify(value)}: otherwise ${why}`);

/**
 * Settings of Pgpool-II that a user may name, by Pgpool's own names and with their types. Those that are fixed are here
 * to say why; what is not here at all belongs to the node or to another setting of this project.
 */
export const tunablesSchema = z.strictObject({
  authentication_timeout: seconds(5, 600, "Time that a client has to log in."),
  child_life_time: seconds(
    0,
    86_400,
    "Idle time after which a process is replaced, which gives memory back; 0 is never.",
  ),
  child_max_connections: count(0, 100_000, "Sessions after which a process is replaced; 0 is never."),
  connect_timeout: setting(
    z.int().min(500).max(60_000).optional(),
    "Time that a database server has to accept a connection.",
    "milliseconds, a whole number from 500 to 60000",
  ),
  listen_backlog_multiplier: count(1, 100, "Clients that may wait for each that is served."),
  load_balance_mode: flag("Whether reads go to readers at all."),
  allow_sql_comments: flag("Whether a statement that begins with a comment may go to a reader."),
  read_only_function_list: list("Functions that only read, separated by commas; they may go to readers."),
  write_function_list: list("Functions that write, separated by commas; for those that do not say so themselves."),
  primary_routing_query_pattern_list: list("Patterns of statements that go to the writer, separated by semicolons."),
  database_redirect_preference_list: list("Databases whose reads go to one server, such as reports:standby."),
  app_name_redirect_preference_list: list("Applications whose reads go to one server, such as psql:primary."),
  relcache_expire: seconds(0, 86_400, "Time after which Pgpool-II asks about a table again; 0 is never."),
  relcache_size: count(16, 100_000, "Tables that one process remembers."),
  log_connections: flag("A line for each client that connects."),
  log_disconnections: flag("A line for each client that leaves."),
  connection_cache: fixed(false, "a cached connection lets a revoked password in and keeps an old writer"),
  enable_pool_hba: fixed(true, "nothing would demand TLS of a client"),
  allow_clear_text_frontend_auth: fixed(false, "passwords would cross the network in clear text"),
  ssl: fixed(true, "passwords would cross the network in clear text"),
  memory_cache_enabled: fixed(false, "a cache of results misses the writes of other nodes"),
  statement_level_load_balance: fixed(false, "a later read of a session may see an older state"),
  log_statement: fixed(false, "the log would hold personal data"),
  log_per_node_statement: fixed(false, "the log would hold personal data"),
  failover_on_backend_error: fixed(false, "one client's broken connection would detach the readers for all"),
  failover_on_backend_shutdown: fixed(false, "a restart would detach the readers for all"),
  backend_flag1: fixed("ALLOW_TO_FAILOVER", "sessions hang for ever on a reader that stopped and cannot be detached"),
});

/** What a user has named; see {@link tunablesSchema}. */
export type Tunables = z.output<typeof tunablesSchema>;
