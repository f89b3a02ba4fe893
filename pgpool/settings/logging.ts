import { flag, text } from "../literal";
import type { Setting } from "../setting";

/** What the journal is told. */
export const logging: readonly Setting[] = [
  { name: "log_destination", value: text("stderr"), why: "The journal has it, with time and unit." },
  { name: "logging_collector", value: flag(false), why: "As above." },
  { name: "log_line_prefix", value: text("%p %a "), why: "Process and application; the journal knows the time." },
  { name: "log_connections", value: flag(false), why: "The load balancer's flow log knows clients." },
  { name: "log_hostname", value: flag(false), why: "A name look-up for each client." },
  { name: "log_statement", value: flag(false), why: "Statements hold personal data, and cost a fifth of throughput." },
  { name: "log_per_node_statement", value: flag(false), why: "As log_statement." },
  {
    name: "log_pcp_processes",
    since: "4.6",
    value: flag(false),
    why: "Four lines for each question of the guard.",
  },
  { name: "log_client_messages", value: flag(false), why: "As log_statement." },
];
