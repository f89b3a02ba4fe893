import { appendFileSync, readFileSync } from "node:fs";
import { fakeAws, type FakeState } from "../../support/fake-aws";

// node scripts/run.mjs __tests__/boot/support/fake-aws-server.ts PORT STATE REQUESTS
const [port, state = "", requests = ""] = process.argv.slice(2);
fakeAws(
  () => JSON.parse(readFileSync(state, "utf8")) as FakeState,
  (line) => {
    appendFileSync(requests, `${line}\n`);
  },
).listen(Number(port), "127.0.0.1");
