import { Address4 } from "ip-address";
import type { Subnet, SubnetName } from "../model";

/*
 * The address plan of a data center: six blocks of 64 addresses at the start of its address space, in this order. Bastion demands a
 * /26 of its own. Azure keeps the first four addresses and the last of every subnet; hosts start at the eleventh, and each
 * machine's place follows from its name, so that a machine added later moves no other.
 */
export const subnetNames: readonly SubnetName[] = [
  "AzureBastionSubnet",
  "directory",
  "database",
  "chat",
  "front-end",
  "file",
];
const blockSize = 64n;
const firstHost = 10;

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
  return new Address4(addressSpace).startAddress().bigInt() + BigInt(subnetNames.indexOf(name)) * blockSize;
}
