import { createHash } from "node:crypto";

/** One line of libpq's password file, or of PCP's, which has the same form. */
export interface PasswordEntry {
  /** A host, or the folder of a socket. */
  readonly host: string;
  readonly port: number;
  /** Absent in PCP's file. */
  readonly database?: string;
  readonly user: string;
  readonly password: string;
}

/**
 * A password file (PGPASSFILE, PCPPASSFILE) with one line.
 *
 * @throws for a password with a line break, which the file cannot hold.
 */
export function renderPasswordFile({ host, port, database, user, password }: PasswordEntry): string {
  const fields = [host, String(port), ...(database === undefined ? [] : [database]), user, password];
  if (fields.some((field) => /[\n\r\0]/.test(field))) {
    throw new Error("the user's name or password has a line break, which a password file cannot hold");
  }
  return `${fields.map((field) => field.replace(/[\\:]/g, "\\$&")).join(":")}\n`;
}

/** pcp.conf with one user. Pgpool knows MD5 here and nothing else: the password must be long and random. */
export const renderPcpConf = (user: string, password: string): string =>
  `${user}:${createHash("md5").update(password).digest("hex")}\n`;
