import { flag, number, text } from "../literal";
import type { Setting } from "../setting";

/** How many clients a node serves, and what it keeps for them. */
export const sessions: readonly Setting[] = [
  { name: "num_init_children", value: (site) => number(site.children), why: "One client each." },
  {
    name: "process_management_mode",
    since: "4.4",
    value: text("static"),
    why: "60 clients connect in 4 s; in the dynamic mode it took 17 s (measured).",
  },
  { name: "max_pool", value: number(1), why: "Nothing is cached, so one slot is enough." },
  {
    name: "connection_cache",
    value: flag(false),
    why: "A cached connection lets a revoked password in, refuses a new one and keeps an old writer (measured).",
  },
  { name: "reserved_connections", value: number(1), why: "A full node refuses at once instead of letting wait." },
  {
    name: "client_idle_limit",
    value: (site) => number(site.clientIdleLimit),
    why: "Before the load balancer forgets.",
  },
  { name: "authentication_timeout", value: number(30), why: "A client that never logs in holds a child." },
  {
    name: "memory_cache_enabled",
    value: flag(false),
    why: "A cache of results would be stale on other nodes' writes.",
  },
  {
    name: "memqcache_total_size",
    value: number(8, "MB"),
    why: "The relation cache lives here even so: 10 MB shared instead of 139 MB.",
  },
  { name: "memqcache_max_num_cache", value: number(10000), why: "The other half of that size." },
];
