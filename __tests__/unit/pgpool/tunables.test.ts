import { schemaFaults } from "../../../config/schema-faults";
import { tunablesSchema } from "../../../config/schema/tunables";
import { listSettings } from "../../../config/settings";
import { renderPgpoolConf } from "../../../pgpool/pgpool-conf";
import { siteWith } from "./site";

const render = (tunables: object): string =>
  renderPgpoolConf({ major: 4, minor: 7 }, siteWith({ tunables: tunablesSchema.parse(tunables) }));

/** What a user reads about one setting. */
function refusal(tunables: object): string {
  const { error } = tunablesSchema.safeParse(tunables);
  const faults = schemaFaults(error?.issues ?? [], tunables, listSettings(tunablesSchema));
  return faults.map(({ path, allowed, remedy }) => `${path}: ${allowed}: ${remedy}`).join("\n");
}

test("puts what the user has named in place of ours, once", () => {
  const conf = render({ authentication_timeout: 60, log_connections: true, write_function_list: "a_.*,b" });
  expect(conf.match(/^authentication_timeout = .*$/gm)).toEqual(["authentication_timeout = 60"]);
  expect(conf.match(/^log_connections = .*$/gm)).toEqual(["log_connections = on"]);
  expect(conf).toContain("# Set in the environment's configuration.\nwrite_function_list = 'a_.*,b'\n");
});

test("refuses a name that it does not know, with the nearest that it does", () => {
  expect(refusal({ authentification_timeout: 60 })).toContain("did you mean authentication_timeout?");
});

test.each([
  [{ authentication_timeout: "60" }, "seconds, a whole number from 5 to 600"],
  [{ log_connections: "on" }, "true, false"],
  [{ write_function_list: "it's" }, "a text without quotes and line breaks"],
  [{ relcache_size: 1.5 }, "a whole number from 16 to 100000"],
])("refuses %j and says what is allowed", (tunables, allowed) => {
  expect(refusal(tunables)).toContain(allowed);
});

test.each([
  [{ connection_cache: true }, "revoked password"],
  [{ enable_pool_hba: false }, "TLS"],
  [{ backend_flag1: "DISALLOW_TO_FAILOVER" }, "hang for ever"],
  [{ memory_cache_enabled: true }, "writes of other nodes"],
  [{ statement_level_load_balance: true }, "older state"],
  [{ allow_clear_text_frontend_auth: true }, "clear text"],
])("refuses %j, which is unsafe, with the reason", (tunables, reason) => {
  expect(refusal(tunables)).toContain(reason);
});

test("knows no way to choose a mode of balancing that breaks prepared statements", () => {
  expect(refusal({ disable_load_balance_on_write: "dml_adaptive" })).toContain("disable_load_balance_on_write");
});
