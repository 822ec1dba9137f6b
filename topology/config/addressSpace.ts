import { Address4 } from "ip-address";

/** Longest prefix that holds all subnets of a data center. */
const longestPrefix = 23;

const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map((range) => new Address4(range));

/** Whether a text is a private IPv4 range with no host bits set that is large enough for the subnets. */
export function isAddressSpace(text: string): boolean {
  if (!/^[0-9.]+\/[0-9]+$/.test(text) || !Address4.isValid(text)) return false;
  const range = new Address4(text);
  const aligned = range.startAddress().correctForm() === range.correctForm();
  return aligned && range.subnetMask <= longestPrefix && privateRanges.some((all) => range.isInSubnet(all));
}

const anyOctet = "(?:0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])";

/** Octets in which a range of this prefix can begin. */
function octets(step: number, first = 0, last = 255): string {
  const starts = [];
  for (let octet = first; octet <= last; octet += step) starts.push(octet);
  return `(?:${starts.join("|")})`;
}

/** The same as a pattern, for editors. */
export const addressSpacePattern = `^(?:${[
  ...prefixes(8, 16).map((prefix) => `10\\.${octets(2 ** (16 - prefix))}\\.0\\.0/${prefix}`),
  ...prefixes(12, 16).map((prefix) => `172\\.${octets(2 ** (16 - prefix), 16, 31)}\\.0\\.0/${prefix}`),
  "192\\.168\\.0\\.0/16",
  ...prefixes(17, longestPrefix).map(
    (prefix) =>
      `(?:10\\.${anyOctet}|172\\.${octets(1, 16, 31)}|192\\.168)\\.${octets(2 ** (24 - prefix))}\\.0/${prefix}`,
  ),
].join("|")})$`;

function prefixes(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** The two halves of the larger of two ranges; undefined where a half has no room for the subnets. */
export function halvesOf(one: string, other: string): readonly [string, string] | undefined {
  const [larger] = [new Address4(one), new Address4(other)].sort((a, b) => a.subnetMask - b.subnetMask);
  if (larger === undefined || larger.subnetMask >= longestPrefix) return undefined;
  const prefix = larger.subnetMask + 1;
  const middle = larger.startAddress().bigInt() + 2n ** BigInt(32 - prefix);
  return [
    `${larger.startAddress().correctForm()}/${prefix}`,
    `${Address4.fromBigInt(middle).correctForm()}/${prefix}`,
  ];
}

/** Whether two ranges have an address in common. */
export function overlap(one: string, other: string): boolean {
  const [a, b] = [new Address4(one), new Address4(other)];
  return a.isInSubnet(b) || b.isInSubnet(a);
}
