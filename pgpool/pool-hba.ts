/**
 * pool_hba.conf: the health user over the node's own socket, and everybody else over TLS only. Passwords are passed
 * on to the database, which asks for SCRAM; what no line names is refused.
 *
 * @throws for a user whose name the file cannot hold.
 */
export function renderPoolHba(healthDatabase: string, healthUser: string): string {
  if (/["\s\p{Cc}]/u.test(healthUser)) {
    throw new Error(
      "the health user's name has a quote, a space or a control character, which pool_hba.conf cannot hold",
    );
  }
  return [
    `local "${healthDatabase}" "${healthUser}" password`,
    "hostssl all all 0.0.0.0/0 password",
    "hostssl all all ::/0 password",
    "",
  ].join("\n");
}
