import { renderPasswordFile, renderPcpConf } from "../../../pgpool/password-files";
import { renderPgdoctorCfg } from "../../../pgpool/pgdoctor-cfg";
import { renderPoolHba } from "../../../pgpool/pool-hba";

describe("pool_hba.conf", () => {
  test("lets the health user in on the socket, everybody else over TLS, and nobody without", () => {
    expect(renderPoolHba("postgres", "health")).toBe(
      [
        'local "postgres" "health" password',
        "hostssl all all 0.0.0.0/0 password",
        "hostssl all all ::/0 password",
        "",
      ].join("\n"),
    );
  });

  test.each(['a"b', "a b", "a\nhost all all 0.0.0.0/0 trust"])(
    "refuses the user %j, who could write a line",
    (user) => {
      expect(() => renderPoolHba("postgres", user)).toThrow("pool_hba.conf cannot hold");
    },
  );
});

describe("pgdoctor.cfg", () => {
  const site = { sockets: "/run/pgpool", user: "health", database: "postgres" };

  test("asks over the socket with a password that is not in it", () => {
    const text = renderPgdoctorCfg(site);
    expect(text).toContain("pg_host = /run/pgpool\npg_port = 9999\npg_user = health\npg_password = ''\n");
    expect(text).toContain("http_port = 8071\n");
    expect(text).toMatch(/\n"SELECT 1" = "1"\n$/);
  });

  test.each(["a#b", "a=b", "a b", "", "a\nb"])("refuses the user %j, who would be cut", (user) => {
    expect(() => renderPgdoctorCfg({ ...site, user })).toThrow("pg_user has a character");
  });
});

describe("password files", () => {
  const entry = { host: "/run/pgpool", port: 9999, user: "health", password: "secret" };

  test("have one line in the order that libpq and PCP expect", () => {
    expect(renderPasswordFile({ ...entry, database: "postgres" })).toBe("/run/pgpool:9999:postgres:health:secret\n");
    expect(renderPasswordFile(entry)).toBe("/run/pgpool:9999:health:secret\n");
  });

  test("escape colons and backslashes, and nothing else", () => {
    const password = `a:b\\c'd"e#f=g$h 密`;
    expect(renderPasswordFile({ ...entry, password })).toBe(`/run/pgpool:9999:health:a\\:b\\\\c'd"e#f=g$h 密\n`);
  });

  test.each(["a\nb", "a\rb", "a\0b"])("refuse the password %j without repeating it", (password) => {
    expect(() => renderPasswordFile({ ...entry, password })).toThrow(/^the user's name or password has a line break/);
  });

  test("pcp.conf holds the MD5 that pg_md5 prints", () => {
    expect(renderPcpConf("agent", "secret")).toBe("agent:5ebe2294ecd0e0f08eab7690d2a6ee69\n");
  });
});
