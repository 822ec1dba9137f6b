/*
 * Limits that a plan keeps to. The simulated Azure states them a second time; a test holds that both refuse one more and neither the limit
 * itself.
 */

/** Managed run commands on one machine; finished ones count: https://learn.microsoft.com/azure/virtual-machines/windows/run-command-managed */
export const mostRunCommands = 25;

/** Tags on one resource: https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources */
export const mostTags = 50;

/** Characters of a NetBIOS name: https://learn.microsoft.com/troubleshoot/windows-server/active-directory/naming-conventions-for-computer-domain-site-ou */
export const longestComputerName = 15;

/** Priorities of security rules: https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview */
export const firstPriority = 100;
export const lastPriority = 4096;
