import * as z from "zod";
import { text } from "./leaf";

/** Whom the nodes' health checks and guard log in as. */
export const healthUserSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z
      .literal("master")
      .meta({ description: "The master user: nothing to set up, but each node can do all it may." }),
  }),
  z.strictObject({
    kind: z.literal("dedicated").meta({
      description:
        "A role with pg_monitor and pg_signal_backend; npm run db:bootstrap makes it, through the RDS Data API.",
    }),
    username: text(
      /^(?!pg_|rds|(public|none)$)[a-z_][a-z0-9_]{0,62}$/,
      "Name of that role.",
      "1 to 63 lower-case letters, digits or _, not starting with a digit, pg_ or rds, not public or none",
    ).default("pgpool_health"),
  }),
]);
export type DatabaseHealthUser = z.output<typeof healthUserSchema>;
