import { ports } from "../../config/ports";
import { number, text } from "../literal";
import { pcpPort } from "../pcp";
import type { Setting } from "../setting";

/** Where clients and tools reach Pgpool-II, and where it keeps its own files. */
export const listening: readonly Setting[] = [
  { name: "listen_addresses", value: text("*"), why: "The load balancer's clients; security groups say which." },
  { name: "port", value: number(ports.pgpool), why: "The target group's port." },
  {
    name: "unix_socket_directories",
    since: "4.4",
    value: ({ paths }) => text(paths.sockets),
    why: "For health checks and tools on the node; the folder is closed to other users.",
  },
  {
    name: "socket_dir",
    until: "4.4",
    value: ({ paths }) => text(paths.sockets),
    why: "For health checks and tools on the node; the folder is closed to other users.",
  },
  { name: "pcp_listen_addresses", value: text(""), why: "PCP can stop Pgpool-II: on the node's own socket only." },
  { name: "pcp_socket_dir", value: ({ paths }) => text(paths.sockets), why: "As the socket of clients." },
  { name: "pcp_port", value: number(pcpPort), why: "Name of PCP's socket; nothing listens on it." },
  {
    name: "pid_file_name",
    value: ({ paths }) => text(`${paths.sockets}/pgpool.pid`),
    why: "The only folder that it may write to.",
  },
  {
    name: "work_dir",
    since: "4.7",
    value: ({ paths }) => text(paths.sockets),
    why: "The only folder that it may write to.",
  },
  {
    name: "logdir",
    until: "4.7",
    value: ({ paths }) => text(paths.sockets),
    why: "The only folder that it may write to.",
  },
  {
    name: "listen_backlog_multiplier",
    value: number(2),
    why: "Clients that wait while children restart; more would hide a full node.",
  },
];
