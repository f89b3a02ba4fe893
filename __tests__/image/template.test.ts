import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { images } from "../../config/image/images";
import { parseImage } from "../../config/image/load-image";
import type { ImageBuildInput } from "../../config/image/schema";
import { renderImage } from "../../packer/rendered-image";
import { writeImage } from "../../packer/write-image";
import { imageFiles } from "../../packer/written-template";
import { HclExpression, renderHcl, type HclBlock, type HclValue } from "../../render/hcl";
import { packerEnvironment, projectRoot } from "./support/tools";

/** The same numbers at each run. */
class Dice {
  constructor(private state: number) {}

  /** A whole number below `sides`. */
  roll(sides: number): number {
    this.state = (this.state * 48271) % 2147483647;
    return this.state % sides;
  }
}

function randomValue(dice: Dice, depth: number): HclValue {
  const kind = dice.roll(depth > 3 ? 4 : 7);
  if (kind === 0) return dice.roll(1000) / 8;
  if (kind === 1) return dice.roll(2) === 0;
  if (kind === 2) return new HclExpression(`local.x${dice.roll(9)}`);
  if (kind < 5) return 'a ${b} "c" %{d} \\n '.repeat(dice.roll(8));
  if (kind === 5) return Array.from({ length: dice.roll(5) }, () => randomValue(dice, depth + 1));
  return randomAttributes(dice, depth + 1);
}

function randomAttributes(dice: Dice, depth: number): Record<string, HclValue> {
  const name = (): string => `${"k".repeat(1 + dice.roll(12))}${dice.roll(6) === 0 && depth > 0 ? " /" : ""}`;
  return Object.fromEntries(Array.from({ length: dice.roll(6) }, () => [name(), randomValue(dice, depth)]));
}

const randomBlocks = (dice: Dice, count: number): HclBlock[] =>
  Array.from({ length: count }, () => ({
    type: "locals",
    attributes: randomAttributes(dice, 0),
    blocks: dice.roll(4) === 0 ? [{ type: "inner", labels: ["l"], attributes: randomAttributes(dice, 0) }] : [],
  }));

const key = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d";

/** Every operating system and architecture, and every choice that changes the template. */
const variants: Readonly<Record<string, ImageBuildInput>> = {
  ...images,
  "own-everything": {
    ...images["al2023-arm64"],
    os: { kind: "al2023", access: { kind: "session-manager", instanceProfile: "builder" } },
    network: { kind: "subnet", vpcId: "vpc-0a1b2c3d", subnetId: "subnet-0a1b2c3d", publicIp: false },
    encryption: { kind: "key", keyId: key },
    copies: [{ region: "eu-central-1", keyId: "alias/images" }],
    sharing: { kind: "accounts", accountIds: ["111122223333"] },
    deprecateAfterDays: 90,
    tags: { 'a "quoted" ${key}': "and a %{value}\nof two lines" },
  },
  "for-an-organization": {
    ...images["debian-13-x86_64"],
    os: {
      kind: "debian-13",
      access: { kind: "ssh", from: { kind: "cidrs", cidrs: ["192.0.2.0/24"] }, address: "private" },
      pgpool: { kind: "source" },
      cloudWatchAgent: { kind: "download", url: "https://example.com/agent.deb", sha256: "0".repeat(64) },
    },
    encryption: { kind: "key", keyId: "alias/images" },
    sharing: { kind: "organization", arn: "arn:aws:organizations::111122223333:organization/o-0123456789" },
  },
};

describe("packer accepts the template", () => {
  const folder = mkdtempSync(join(tmpdir(), "pgpool-aurora-template-"));
  const files = imageFiles(projectRoot);
  const packer = (...args: readonly string[]): string => {
    const { status, stdout, stderr, error } = spawnSync("packer", args, { encoding: "utf8", env: packerEnvironment() });
    return status === 0 ? "accepted" : `${stdout}${stderr}${error?.message ?? ""}`;
  };

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test.each(Object.entries(variants))(
    "of %s, in its canonical form",
    (name, input) => {
      const output = join(folder, name);
      writeImage(renderImage(parseImage(name, input), files), output);
      expect(packer("fmt", "-check", "-diff", output)).toBe("accepted");
      expect(packer("init", output)).toBe("accepted");
      expect(packer("validate", output)).toBe("accepted");
    },
    60_000,
  );

  test("whatever is written: nested, long, short, with strange keys", () => {
    const output = join(folder, "random");
    mkdirSync(output);
    writeFileSync(join(output, "random.pkr.hcl"), renderHcl(randomBlocks(new Dice(7), 300)));
    expect(packer("fmt", "-check", "-diff", output)).toBe("accepted");
  });

  test("with every script that it names", () => {
    expect(readdirSync(join(folder, "al2023-x86_64", "files")).sort()).toEqual(["agent.cjs", "provisioners", "rootfs"]);
  });
});

describe("the scripts", () => {
  const scripts = join(projectRoot, "packer", "provisioners");
  const named = (path: string): string[] => readdirSync(join(scripts, path)).filter((file) => file.endsWith(".sh"));
  const tool = (command: string, ...args: readonly string[]): string => {
    const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8", cwd: scripts });
    return status === 0 ? "clean" : `${stdout}${stderr}${error?.message ?? ""}`;
  };

  test.each([...named("."), ...named("os").map((file) => join("os", file))])("%s is clean", (file) => {
    expect(tool("shellcheck", "--external-sources", "--source-path=SCRIPTDIR", file)).toBe("clean");
    expect(tool("shfmt", "-i", "2", "-ci", "-bn", "-d", file)).toBe("clean");
  });
});
