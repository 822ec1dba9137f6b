import { Address4 } from "ip-address";
import type { Subnet, SubnetName } from "./model";

/*
 * The address plan of a data center: six blocks of 64 addresses at the start of its address space, in this order. Bastion demands a
 * /26 of its own. Azure keeps the first four addresses and the last of every subnet; hosts start at the eleventh, and each
 * machine's place follows from its name, so that a machine added later moves no other.
 */
const blocks: readonly SubnetName[] = [
  "AzureBastionSubnet",
  "directory",
  "database",
  "chat",
  "front-end",
  "file",
];
const blockSize = 64n;
const firstHost = 10;

/** Longest prefix that holds all blocks. */
const longestPrefix = 23;

const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map((range) => new Address4(range));

/** Whether a text is a private IPv4 range with no host bits set that is large enough for the blocks. */
export function isAddressSpace(text: string): boolean {
  if (!/^[0-9.]+\/[0-9]+$/.test(text) || !Address4.isValid(text)) return false;
  const range = new Address4(text);
  const aligned = range.startAddress().correctForm() === range.correctForm();
  return aligned && range.subnetMask <= longestPrefix && privateRanges.some((all) => range.isInSubnet(all));
}

/** Whether two ranges have an address in common. */
export function overlap(one: string, other: string): boolean {
  const [a, b] = [new Address4(one), new Address4(other)];
  return a.isInSubnet(b) || b.isInSubnet(a);
}

/** The subnet with this name in an address space. */
export function subnetIn(addressSpace: string, name: SubnetName): Subnet {
  const start = blockStart(addressSpace, name);
  return { name, prefix: `${Address4.fromBigInt(start).correctForm()}/26` };
}

/** The address of the host with this number (from 1) in a subnet. */
export function hostAddress(addressSpace: string, subnet: SubnetName, number: number): string {
  return Address4.fromBigInt(blockStart(addressSpace, subnet) + BigInt(firstHost + number)).correctForm();
}

function blockStart(addressSpace: string, name: SubnetName): bigint {
  return new Address4(addressSpace).startAddress().bigInt() + BigInt(blocks.indexOf(name)) * blockSize;
}
