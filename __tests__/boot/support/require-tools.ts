import { requireTools } from "../../support/tools";

/** What jest calls before the first boot test. */
export default function setup(): void {
  requireTools("test:boot");
}
