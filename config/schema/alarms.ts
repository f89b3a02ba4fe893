import * as z from "zod";
import { setting, wholeNumber } from "./leaf";

/** Who is told, and when. */
export const alarmsSchema = z.strictObject({
  emails: setting(
    z.array(z.email()).default([]),
    "Addresses that get every alarm; each must confirm once.",
    "e-mail addresses",
  ),
  databaseCpuPercent: wholeNumber(1, 100, 80, "CPU of a database instance, percent."),
  databaseConnections: wholeNumber(
    1,
    262_143,
    300,
    "Connections of one database instance; db.t3.medium takes about 400.",
  ),
  replicaLagMs: wholeNumber(1, 3_600_000, 1000, "Lag of the slowest reader, milliseconds."),
});
