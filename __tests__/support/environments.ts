import { parseEnvironment } from "../../config/load-environment";
import type { Environment, EnvironmentInput } from "../../config/schema/environment";
import { existingNetwork, newNetwork } from "../../policy/example-networks";

export { existingNetwork, newNetwork };

/** A small valid environment as a person writes it; each section that `changes` names replaces the base's. */
export function inputWith(changes: Partial<EnvironmentInput> = {}): EnvironmentInput {
  return {
    region: "eu-west-1",
    owner: "team@example.com",
    state: { kind: "local" },
    network: newNetwork,
    image: { kind: "id", id: "ami-0a1b2c3d4e5f60718" },
    ...changes,
  };
}

/** The environment "test": a test names only the settings that it is about. */
export const environmentWith = (changes: Partial<EnvironmentInput> = {}): Environment =>
  parseEnvironment("test", inputWith(changes));
