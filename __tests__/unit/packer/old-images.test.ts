import { judge, type BuiltImage } from "../../../packer/old-images";

const built = (id: string, image: string, day: number): BuiltImage => ({
  id,
  image,
  architecture: "x86_64",
  pgpoolVersion: "4.7.2",
  created: `2026-01-0${day}T00:00:00.000Z`,
  snapshotIds: [],
});
const three = [built("ami-1", "a", 1), built("ami-3", "a", 3), built("ami-2", "a", 2)];
const removed = (
  images: readonly BuiltImage[],
  keep: number,
  inUse: ReadonlyMap<string, string> = new Map(),
): string[] =>
  judge(images, keep, inUse)
    .filter(({ fate }) => fate === "remove")
    .map(({ image }) => image.id);

describe("pruning", () => {
  test("keeps the newest of a kind", () => {
    expect(removed(three, 1)).toEqual(["ami-2", "ami-1"]);
  });

  test("keeps the newest of each kind", () => {
    expect(removed([...three, built("ami-0", "b", 1)], 2)).toEqual(["ami-1"]);
  });

  test("never takes one that is in use, and says by what", () => {
    const verdicts = judge(three, 1, new Map([["ami-1", "launch template x, version 3"]]));
    expect(verdicts.find(({ image }) => image.id === "ami-1")).toMatchObject({
      fate: "keep",
      why: "launch template x, version 3",
    });
    expect(verdicts.filter(({ fate }) => fate === "remove")).toHaveLength(1);
  });
});
