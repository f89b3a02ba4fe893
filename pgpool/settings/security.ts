import { flag, text } from "../literal";
import type { Setting } from "../setting";

/** Who may connect, and how. */
export const security: readonly Setting[] = [
  { name: "enable_pool_hba", value: flag(true), why: "TLS is demanded in pool_hba.conf, nowhere else." },
  { name: "pool_passwd", value: text(""), why: "No list of users on a node: the database decides on each login." },
  { name: "allow_clear_text_frontend_auth", value: flag(false), why: "pool_hba.conf asks for TLS first." },
  { name: "ssl", value: flag(true), why: "Both sides." },
  { name: "ssl_cert", value: ({ paths }) => text(paths.serverCertificate), why: "This node's own." },
  { name: "ssl_key", value: ({ paths }) => text(paths.serverKey), why: "This node's own." },
  {
    name: "ssl_ca_cert",
    value: ({ paths }) => text(paths.databaseCertificates),
    why: "Whoever signs the database's certificate; another one is refused.",
  },
  {
    name: "ssl_ciphers",
    value: text("ECDHE+AESGCM:ECDHE+CHACHA20"),
    why: "Of TLS 1.2 only what is authenticated and keeps old sessions secret when the key is lost; 1.3 has no other.",
  },
  { name: "ssl_prefer_server_ciphers", value: flag(true), why: "The node's order of ciphers, not the client's." },
];
