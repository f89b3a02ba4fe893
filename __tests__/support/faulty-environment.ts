import { report } from "../../commands/report-error";
import { parseEnvironment } from "../../config/load-environment";
import { synthesize } from "../../stacks/synthesize";

/** Run as a command: what `main.ts` does, for an environment with two faults. */
try {
  const network = { kind: "new", cidr: "10.0.0.0/8", zones: ["eu-west-1a", "eu-west-1b"] };
  const image = { kind: "id", id: "ami-0a1b2c3d" };
  const faulty = { region: "eu-west-1", owner: "team", state: { kind: "local" }, network, image, colour: "green" };
  synthesize(parseEnvironment("faulty", faulty));
} catch (error) {
  report(error);
}
