/** Whether a range is wider than any network of one organisation: more than a /8, or a /16 of IPv6. */
export function isWide(cidr: string): boolean {
  const prefix = /\/(\d+)$/.exec(cidr)?.[1];
  return prefix !== undefined && Number(prefix) < (cidr.includes(":") ? 16 : 8);
}
