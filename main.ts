import { App } from "cdktf";
import { loadEnvironment } from "./config/load-environment";
import { report } from "./commands/report-error";
import { addStacks } from "./stacks/environment-stacks";

/** What `cdktf` runs: synthesizes the stacks of the environment that PGPOOL_ENVIRONMENT names. */
try {
  const environment = loadEnvironment(process.env["PGPOOL_ENVIRONMENT"] ?? "example");
  const app = new App();
  addStacks(app, environment);
  app.synth();
} catch (error) {
  report(error);
}
