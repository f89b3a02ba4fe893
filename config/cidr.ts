/** An IPv4 range: its first address as a number, and how many bits are fixed. */
export interface Cidr {
  readonly first: number;
  readonly prefix: number;
}

/** Ranges that no public host has: RFC 1918 and RFC 6598. */
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

/** Reads `10.0.0.0/16`; the address may lie inside the range (then {@link isAligned} is false). */
export function parseCidr(text: string): Cidr {
  const [address = "", prefix = ""] = text.split("/");
  return { first: address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0), prefix: Number(prefix) };
}

/** How many addresses a range has. */
export const size = ({ prefix }: Cidr): number => 2 ** (32 - prefix);

/** The text of a range, from its true first address. */
export function formatCidr(cidr: Cidr): string {
  const first = cidr.first - (cidr.first % size(cidr));
  return `${[24, 16, 8, 0].map((bits) => Math.floor(first / 2 ** bits) % 256).join(".")}/${cidr.prefix}`;
}

/** Whether the address is the first one of its range, as AWS wants it. */
export const isAligned = (cidr: Cidr): boolean => cidr.first % size(cidr) === 0;

/** Whether `outer` holds all of `inner`. */
export const contains = (outer: Cidr, inner: Cidr): boolean =>
  outer.first <= inner.first && inner.first + size(inner) <= outer.first + size(outer);

/** Whether two ranges share an address. */
export const overlaps = (a: Cidr, b: Cidr): boolean => a.first < b.first + size(b) && b.first < a.first + size(a);

/** Whether a range is private (RFC 1918, RFC 6598). */
export const isPrivate = (cidr: Cidr): boolean => privateRanges.some((range) => contains(parseCidr(range), cidr));

/** The n-th of the equal parts that appear when `bits` more bits are fixed. */
export function part(cidr: Cidr, bits: number, index: number): string {
  const prefix = cidr.prefix + bits;
  return formatCidr({ first: cidr.first + index * 2 ** (32 - prefix), prefix });
}
