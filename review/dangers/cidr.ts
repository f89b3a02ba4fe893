import { BlockList, isIP } from "node:net";

/** Whether a range holds all of another; false for what is no range. */
export function contains(outer: string, inner: string): boolean {
  const [wide, narrow] = [parse(outer), parse(inner)];
  if (wide === undefined || narrow?.family !== wide.family || wide.prefix > narrow.prefix) return false;
  const list = new BlockList();
  list.addSubnet(wide.address, wide.prefix, wide.family);
  return list.check(narrow.address, narrow.family);
}

function parse(cidr: string) {
  const [address = "", prefix] = cidr.split("/");
  const version = isIP(address);
  if (
    version === 0 ||
    prefix === undefined ||
    !/^\d{1,3}$/.test(prefix) ||
    Number(prefix) > (version === 4 ? 32 : 128)
  ) {
    return undefined;
  }
  return { address, prefix: Number(prefix), family: version === 4 ? ("ipv4" as const) : ("ipv6" as const) };
}
