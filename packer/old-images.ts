/** An image of ours, as `image:list` shows it. */
export interface BuiltImage {
  readonly id: string;
  /** Name in config/image/images.ts. */
  readonly image: string;
  readonly architecture: string;
  readonly pgpoolVersion: string;
  /** ISO 8601. */
  readonly created: string;
  readonly snapshotIds: readonly string[];
}

/** What becomes of an image, and why. */
export interface Verdict {
  readonly image: BuiltImage;
  readonly fate: "keep" | "remove";
  readonly why: string;
}

/**
 * Decides which images go: of each kind the newest stay, and whatever is in use.
 *
 * @param inUse - Why an image is needed, by its id.
 */
export function judge(images: readonly BuiltImage[], keep: number, inUse: ReadonlyMap<string, string>): Verdict[] {
  const rank = new Map<string, number>();
  return [...images].sort(newestFirst).map((image) => {
    const place = (rank.get(image.image) ?? 0) + 1;
    rank.set(image.image, place);
    const use = inUse.get(image.id);
    if (use !== undefined) return { image, fate: "keep", why: use };
    if (place <= keep) return { image, fate: "keep", why: `one of the ${keep} newest of ${image.image}` };
    return { image, fate: "remove", why: `number ${place} of ${image.image}, and not in use` };
  });
}

/** Order of a list of images. */
export const newestFirst = (a: BuiltImage, b: BuiltImage): number =>
  a.created === b.created ? a.id.localeCompare(b.id) : b.created.localeCompare(a.created);
