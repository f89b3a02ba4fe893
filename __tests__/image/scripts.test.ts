import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { images } from "../../config/image/images";
import { parseImage } from "../../config/image/load-image";
import { provisioningSteps } from "../../packer/steps";
import { writeImage } from "../../packer/write-image";
import { projectRoot } from "./support/tools";

const provisioners = join(projectRoot, "packer/provisioners");
const folder = mkdtempSync(join(tmpdir(), "pgpool-aurora-scripts-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Runs bash with only these variables, so that none of the machine's hides a missing input. */
function bash(args: readonly string[], variables: Readonly<Record<string, string>> = {}) {
  const env = { PATH: process.env.PATH, HOME: folder, ...variables };
  const { status, stderr, stdout } = spawnSync("bash", args, { encoding: "utf8", env });
  return { status, stderr, stdout };
}

const everyInput = new Map(
  Object.values({
    ...images,
    download: {
      ...images["debian-13-x86_64"],
      os: {
        kind: "debian-13" as const,
        cloudWatchAgent: { kind: "download" as const, url: "https://example.com/a.deb", sha256: "0".repeat(64) },
      },
    },
  })
    .flatMap((input) => provisioningSteps(parseImage("test", input), "hash"))
    .map((step) => [step.name, step]),
);

describe("each script", () => {
  const required = [...everyInput.values()].flatMap(({ name, inputs }) => {
    const text = readFileSync(join(provisioners, `${name}.sh`), "utf8");
    const names = [...text.matchAll(/^require (.*)$/gm)].flatMap(([, list = ""]) => list.split(" "));
    return names.map((input) => ({ name, input, inputs }));
  });

  test.each(required)("$name says that $input is missing, and does nothing", ({ name, input, inputs }) => {
    const common = { IMAGE_FILES: join(projectRoot, "packer"), OS: "debian-13", STEP: name, STEPS: name };
    const given = Object.fromEntries(Object.entries({ ...common, ...inputs }).filter(([key]) => key !== input));
    const { status, stderr } = bash([join(provisioners, `${name}.sh`)], given);
    expect({ status, stderr }).toEqual({ status: 1, stderr: `${name}: input ${input} is missing\n` });
  });

  test.each([...everyInput.values()])("$name is told every input that it requires", ({ name, inputs }) => {
    const asked = required.filter((row) => row.name === name).map(({ input }) => input);
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining(asked));
  });

  test("is in the template of some image", () => {
    const sourced = ["common.sh", "source.sh", "pgdoctor-source.sh", "download.sh"];
    const scripts = readdirSync(provisioners).filter((file) => file.endsWith(".sh") && !sourced.includes(file));
    expect(scripts.sort()).toEqual([...everyInput.keys()].map((name) => `${name}.sh`).sort());
  });

  test("waits for nothing by sleeping", () => {
    const scripts = readdirSync(provisioners, { recursive: true, encoding: "utf8" }).filter((file) =>
      file.endsWith(".sh"),
    );
    const sleepers = scripts.filter((file) => /\bsleep\b/.test(readFileSync(join(provisioners, file), "utf8")));
    expect(sleepers).toEqual([]);
  });
});

describe("the tables of the operating systems", () => {
  /** The names that a table defines: variables and functions. */
  const definitions = (os: string): Map<string, string> => {
    const print = 'before=$(compgen -v; compgen -A function); source "$1"; after=$(compgen -v; compgen -A function)';
    const diff = 'comm -13 <(sort <<<"${before}") <(sort <<<"${after}")';
    const show =
      'while read -r name; do printf "%s\\t%s\\n" "${name}" "$(declare -p "${name}" 2>/dev/null || declare -f "${name}")" | tr "\\n" " "; echo; done';
    const { stdout } = bash([
      "-c",
      `${print}; ${diff} | grep -v "^before$" | ${show}`,
      "_",
      join(provisioners, "os", `${os}.sh`),
    ]);
    return new Map(
      stdout
        .split("\n")
        .filter((line) => line.includes("\t"))
        .map((line) => line.split("\t") as [string, string]),
    );
  };
  const [amazon, debian] = [definitions("al2023"), definitions("debian-13")];

  test("have the same names, but for how apt is called", () => {
    expect([...amazon.keys()].sort()).toEqual([...debian.keys()].filter((name) => name !== "apt").sort());
    expect(amazon.size).toBeGreaterThan(10);
  });

  test("hold everything that differs: no script names an operating system or its tools", () => {
    const shared = readdirSync(provisioners).filter((file) => file.endsWith(".sh"));
    const lines = shared.flatMap((file) => readFileSync(join(provisioners, file), "utf8").split("\n"));
    const code = lines.filter((line) => !line.trimStart().startsWith("#"));
    expect(code.filter((line) => /\b(dnf|yum|rpm|apt|apt-get|dpkg|al2023|debian)\b/.test(line))).toEqual([]);
  });

  test("name the services that each distribution has", () => {
    expect(amazon.get("enabled_services")).toContain("amazon-ssm-agent.service");
    expect(amazon.get("enabled_services")).toContain("amazon-cloudwatch-agent.service");
    expect(amazon.get("runtime_packages")).toContain("nodejs24");
    expect(debian.get("masked_services")).toContain("pgpool2.service");
  });
});

describe("a correction of a source", () => {
  const file = join(folder, "main.c");
  const replace = (text: string, old: string, better: string) => {
    writeFileSync(file, text);
    const script = 'fail() { echo "$*" >&2; exit 1; }; source "$1"; replace_once "$2" "$3" "$4"';
    const outcome = bash(["-euo", "pipefail", "-c", script, "_", join(provisioners, "source.sh"), file, old, better]);
    return { ...outcome, text: readFileSync(file, "utf8") };
  };

  test("replaces a text literally, whatever it is made of", () => {
    const old = 'log(ERR, *a[0], "\\n$x&");';
    expect(replace(`before\n  ${old}\nafter\n`, old, 'log(ERR, "%s\\n", &*a/b);')).toMatchObject({
      status: 0,
      text: 'before\n  log(ERR, "%s\\n", &*a/b);\nafter\n',
    });
  });

  test.each([
    ["is not there", "something else\n", /does not have the text: log\(x\);/],
    ["is there twice", "log(x);\nlog(x);\n", /more than once: log\(x\);/],
  ])("fails, and changes nothing, when the text %s", (_, text, message) => {
    const outcome = replace(text, "log(x);", "log(y);");
    expect(outcome).toMatchObject({ status: 1, text });
    expect(outcome.stderr).toMatch(message);
  });
});

describe("a pinned source", () => {
  const repository = join(folder, "repository");
  const git = (...args: readonly string[]): string =>
    execFileSync("git", ["-C", repository, "-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
      encoding: "utf8",
    }).trim();
  let first = "";

  beforeAll(() => {
    mkdirSync(repository);
    git("init", "--quiet");
    for (const text of ["first", "second"]) {
      writeFileSync(join(repository, "file"), text);
      git("add", ".");
      git("commit", "--quiet", "--message", text);
    }
    first = git("rev-parse", "HEAD~1");
  });

  const fetch = (url: string, commit: string) => {
    const script = 'fail() { echo "$*" >&2; exit 1; }; source "$1"; fetch_commit "$2" "$3" "$4"';
    const target = join(folder, "checkout");
    return {
      target,
      ...bash(["-euo", "pipefail", "-c", script, "_", join(provisioners, "source.sh"), url, commit, target]),
    };
  };

  test("is checked out at its commit, though the branch has moved on", () => {
    const { status, target } = fetch(`file://${repository}`, first);
    expect(status).toBe(0);
    expect(readFileSync(join(target, "file"), "utf8")).toBe("first");
  });

  test("fails the build when the repository has no such commit", () => {
    const { status, stderr } = fetch(`file://${repository}`, "0".repeat(40));
    expect(status).toBe(1);
    expect(stderr).toMatch(/has no commit 0{40}/);
  });

  test("fails the build when the repository is not there", () => {
    const { status, stderr } = fetch(`file://${folder}/nowhere`, first);
    expect(status).toBe(1);
    expect(stderr).toMatch(/cannot fetch from file:\/\//);
  });
});

describe("a download", () => {
  const download = (sha256: string) => {
    const script = 'fail() { echo "$*" >&2; exit 1; }; source "$1"; download "$2" "$3" "$4"';
    const url = `file://${join(provisioners, "download.sh")}`;
    return bash([
      "-euo",
      "pipefail",
      "-c",
      script,
      "_",
      join(provisioners, "download.sh"),
      url,
      join(folder, "file"),
      sha256,
    ]);
  };

  test("is refused when its checksum is another one", () => {
    const { status, stderr } = download("0".repeat(64));
    expect(status).toBe(1);
    expect(stderr).toMatch(/has the SHA-256 [0-9a-f]{64}, not 0{64}/);
  });
});

describe("writing a template", () => {
  const rendered = new Map([
    ["image.pkr.hcl", "new"],
    ["files/a/b", "text"],
  ]);

  test("leaves nothing of an earlier one", () => {
    const output = join(folder, "template");
    writeImage(
      new Map([
        ["image.pkr.hcl", "old"],
        ["files/old", "x"],
      ]),
      output,
    );
    writeImage(rendered, output);
    expect(readdirSync(output, { recursive: true }).sort()).toEqual(["files", "files/a", "files/a/b", "image.pkr.hcl"]);
  });

  test("refuses a folder that holds something else", () => {
    const output = join(folder, "precious");
    mkdirSync(output);
    writeFileSync(join(output, "diary"), "x");
    expect(() => {
      writeImage(rendered, output);
    }).toThrow(/not ours to replace/);
    expect(readdirSync(output)).toEqual(["diary"]);
  });
});
