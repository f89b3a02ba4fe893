/** What a server of the lab is set to: small, quick, and as strict as Aurora. */
export const serverSettings = {
  port: "5432",
  ssl: "on",
  ssl_min_protocol_version: "TLSv1.2",
  password_encryption: "scram-sha-256",
  fsync: "off",
  shared_buffers: "32MB",
  max_connections: "200",
  max_wal_senders: "10",
  wal_keep_size: "256MB",
  hot_standby: "on",
  wal_receiver_timeout: "5s",
  wal_retrieve_retry_interval: "200ms",
  recovery_target_timeline: "latest",
  max_wal_size: "256MB",
  jit: "off",
  log_min_messages: "warning",
} as const;

/** As Aurora with rds.force_ssl: TLS and SCRAM, and replication that no client can use. */
export const serverHba = [
  "local all postgres peer map=lab",
  "hostssl replication postgres 127.0.0.0/8 trust",
  "hostssl all all 0.0.0.0/0 scram-sha-256",
];
