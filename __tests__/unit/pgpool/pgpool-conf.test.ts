import { pgpoolSettings, renderPgpoolConf } from "../../../pgpool/pgpool-conf";
import { parsePgpoolVersion } from "../../../pgpool/version";
import { siteWith } from "./site";

const render = (version: string, changes = {}): string =>
  renderPgpoolConf(parsePgpoolVersion(version), siteWith(changes));
const namesFor = (version: string): string[] =>
  [...render(version).matchAll(/^(\w+) = /gm)].flatMap(([, name]) => name ?? []);
const line = (text: string, name: string): string | undefined =>
  text.split("\n").find((written) => written.startsWith(`${name} = `));

test.each([
  ["4.3", ["socket_dir", "logdir"], ["unix_socket_directories", "work_dir", "process_management_mode"]],
  ["4.6", ["unix_socket_directories", "logdir", "process_management_mode"], ["socket_dir", "work_dir"]],
  ["4.7", ["unix_socket_directories", "work_dir", "process_management_mode"], ["socket_dir", "logdir"]],
])("writes for %s what it knows, and nothing that it would ignore in silence", (version, known, unknown) => {
  const names = namesFor(version);
  expect(names).toEqual(expect.arrayContaining(known));
  expect(names.filter((name) => unknown.includes(name))).toEqual([]);
});

test("writes each setting once", () => {
  for (const version of ["4.3", "4.6", "4.7"]) {
    const names = namesFor(version);
    expect(names).toEqual([...new Set(names)]);
  }
});

test("takes endpoints, health user and limits from the node's site", () => {
  const text = render("4.7", { writerEndpoint: "w.example.com", children: 100, clientIdleLimit: 50 });
  expect(line(text, "backend_hostname0")).toBe("backend_hostname0 = 'w.example.com'");
  expect(line(text, "num_init_children")).toBe("num_init_children = 100");
  expect(line(text, "client_idle_limit")).toBe("client_idle_limit = 50");
  expect(line(text, "health_check_password1")).toBe("health_check_password1 = 'AESc29tZXRoaW5n'");
});

test("says units and switches as Pgpool-II reads them", () => {
  const text = render("4.7");
  expect(line(text, "connect_timeout")).toBe("connect_timeout = 3000");
  expect(line(text, "memqcache_total_size")).toBe("memqcache_total_size = 8MB");
  expect(line(text, "enable_pool_hba")).toBe("enable_pool_hba = on");
});

test.each(["quote'", "line\nbreak", "tab\tstop"])("refuses %j, which a string of the file cannot hold", (value) => {
  expect(() => render("4.7", { healthUser: value })).toThrow(/^health_check_user1 has a quote or a control character/);
  expect(() => render("4.7", { healthUser: value })).not.toThrow(value);
});

test("keeps backslashes, hashes, dollars and spaces as they are, for the file knows no escape", () => {
  const text = render("4.7", { healthUser: 'a\\b#c$d "e"=' });
  expect(line(text, "health_check_user1")).toBe(`health_check_user1 = 'a\\b#c$d "e"='`);
});

test("refuses a number that is not whole", () => {
  expect(() => render("4.7", { children: 1.5 })).toThrow("num_init_children must be a whole number");
});

test.each([
  ["connection_cache", "off"],
  ["enable_pool_hba", "on"],
  ["ssl", "on"],
  ["allow_clear_text_frontend_auth", "off"],
  ["disable_load_balance_on_write", "'always'"],
  ["backend_flag1", "'ALLOW_TO_FAILOVER'"],
  ["pcp_listen_addresses", "''"],
  ["log_statement", "off"],
])("keeps %s at %s, without which sessions hang or secrets leak (runtime measurements)", (name, value) => {
  for (const version of ["4.3", "4.6", "4.7"]) {
    expect(line(render(version), name)).toBe(`${name} = ${value}`);
  }
});

test("gives the reason of each setting above it", () => {
  const blocks = render("4.7").trim().split("\n\n").slice(1);
  for (const block of blocks) expect(block).toMatch(/^# .+\n\w+ = .+$/);
  expect(pgpoolSettings.filter(({ why }) => why.includes("\n"))).toEqual([]);
});

test("leaves the readers to a file of their own where each is a backend", () => {
  const text = render("4.7", { readers: "instances", tunables: { backend_flag1: "ALLOW_TO_FAILOVER" } });
  expect(text).toMatch(/\ninclude = '\/run\/pgpool-aurora\/readers\.conf'\n$/);
  expect(text).not.toMatch(/^\w+1 = /m);
  expect(render("4.7")).not.toContain("include");
});
