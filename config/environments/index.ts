import type { EnvironmentInput } from "../schema/environment";
import { development } from "./development";
import { example } from "./example";
import { existingVpc } from "./existing-vpc";
import { production } from "./production";

/** The environments, by the name that PGPOOL_ENVIRONMENT chooses and that begins every AWS name. */
export const environments: Readonly<Record<string, EnvironmentInput>> = {
  example,
  development,
  production,
  "existing-vpc": existingVpc,
};
