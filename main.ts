import { report } from "./commands/report-error";
import { loadEnvironment } from "./config/load-environment";
import { synthesize } from "./stacks/synthesize";

/** What `cdktf` runs: synthesizes the stacks of the environment that PGPOOL_ENVIRONMENT names. */
try {
  synthesize(loadEnvironment(process.env.PGPOOL_ENVIRONMENT ?? "example"));
} catch (error) {
  report(error);
}
