import type { DataCenterId, Plan } from "../model";
import { siteOfPlan } from "../resilience/ofPlan";
import { activeServers } from "../resilience/site";
import { type Command, cli, type LabNames, otherDataCenter, skype } from "./labNames";

/*
 * What Skype for Business' own cmdlets do before and after a database moves. Order and cmdlets:
 * https://learn.microsoft.com/skypeforbusiness/manage/persistent-chat/high-availability-and-disaster-recovery
 */

/** The machine on which cmdlets are typed: a Front End that is left. */
const shellOf = ({ frontEndPools }: Plan, side: DataCenterId): string | undefined =>
  frontEndPools.find(({ dataCenter }) => dataCenter === side)?.servers[0];

const fqdns = (plan: Plan, machines: readonly string[]): readonly string[] =>
  plan.machines.filter(({ name }) => machines.includes(name)).map(({ fqdn }) => fqdn);

const listed = (names: readonly string[]): string => names.map((one) => `"${one}"`).join(",");

const openCollection =
  "The identity is the one of Microsoft's example; an older page writes global, and there is one collection only.";
const openIdentity =
  "Microsoft's pages write the identity in two ways, service:<pool> and PersistentChatServer:<pool>; Get-CsService -PersistentChatServer shows the one that is taken.";

/** Nobody writes any more: the pool has no active server. */
export function emptied(lab: LabNames, side: DataCenterId): readonly Command[] {
  const shell = shellOf(lab.plan, side);
  if (shell === undefined) return [];
  return [
    skype(lab, shell, {
      title: "take every server of the pool out of service, so that nobody writes",
      command: 'Set-CsPersistentChatActiveServer -Identity "PChatServerCollection" -ActiveServers $Null',
      expect: "it returns without an error",
      waitMinutes: 10,
      undo: "make the servers active again",
      open: openCollection,
    }),
  ];
}

/** Servers that are active where the database is, as many as the plan has active ones. */
function active(lab: LabNames, side: DataCenterId, shell: string): readonly Command[] {
  const { pool, machines } = lab.plan;
  const wanted = activeServers(siteOfPlan(lab.plan), side);
  const leave = pool.servers.filter(
    (name) => !wanted.includes(name) && machines.find((one) => one.name === name)?.dataCenter !== side,
  );
  return [
    skype(lab, shell, {
      title: "make the servers active that stand where the database is",
      command: [
        `Set-CsPersistentChatActiveServer -Identity "PChatServerCollection" -ActiveServers @{Add=${listed(fqdns(lab.plan, wanted))}}`,
        ...(leave.length === 0 || side === "primary"
          ? []
          : [
              `Set-CsPersistentChatActiveServer -Identity "PChatServerCollection" -ActiveServers @{Remove=${listed(fqdns(lab.plan, leave))}}`,
            ]),
      ].join("\n"),
      expect: `${wanted.length} servers have a fresh serverLastPingTime in mgc.dbo.tblServerIdentity`,
      waitMinutes: 15,
      open: openCollection,
    }),
  ];
}

/** After the database moved: which databases the pool uses, which servers are active, where users are. */
export function pointed(lab: LabNames, side: DataCenterId, isDisaster: boolean): readonly Command[] {
  const { plan } = lab;
  const shell = shellOf(plan, side);
  if (shell === undefined) return [];
  const lost = plan.frontEndPools.find(({ dataCenter }) => dataCenter === otherDataCenter(side));
  const here = plan.frontEndPools.find(({ dataCenter }) => dataCenter === side);
  const state = side === "secondary" ? "FailedOver" : "Normal";
  const users: readonly Command[] =
    lost === undefined || here === undefined || (!isDisaster && side === "secondary")
      ? []
      : side === "secondary"
        ? [
            skype(lab, shell, {
              title: "see where Central Management is",
              command: "Get-CsService -CentralManagement",
              expect: `it names ${here.fqdn}; then leave the next step out`,
              otherwise: "It names the lost pool, or nothing: do the next step.",
            }),
            skype(lab, shell, {
              title: "make the Central Management Store here the active one",
              command: `Invoke-CsManagementServerFailover -BackupSqlServerFqdn ${fqdns(plan, [here.backEnd])[0]} -BackupSqlInstanceName Default -Force -Verbose`,
              expect: "Get-CsManagementStoreReplicationStatus shows UpToDate for the machines that are left",
              waitMinutes: 15,
              open: "The form of the name of the default instance is inferred; the pools must have been paired beforehand.",
            }),
            skype(lab, shell, {
              title: "fail the users of the lost pool over",
              command: `Invoke-CsPoolFailOver -PoolFqdn ${lost.fqdn} -DisasterMode -Verbose`,
              expect: "it returns without an error; users sign in again within 20 minutes",
              waitMinutes: 20,
              repeatable: false,
              undo: `Invoke-CsPoolFailBack -PoolFqdn ${lost.fqdn} -Verbose`,
            }),
          ]
        : [
            skype(lab, shell, {
              title: "bring the users back to their pool",
              command: `Invoke-CsPoolFailBack -PoolFqdn ${here.fqdn} -Verbose`,
              expect: "it returns without an error",
              waitMinutes: 20,
              repeatable: false,
              otherwise: "It was never failed over: leave it out.",
            }),
          ];
  const pool: readonly Command[] = [
    skype(lab, shell, {
      title: `tell the pool to use the databases in the ${side} data center`,
      command: `Set-CsPersistentChatState -Identity "service:${plan.pool.fqdn}" -PoolState ${state}`,
      expect: `Get-CsPersistentChatState shows ${state}, with -LocalStore on every chat server that is left`,
      waitMinutes: 10,
      undo: `Set-CsPersistentChatState -Identity "service:${plan.pool.fqdn}" -PoolState ${side === "secondary" ? "Normal" : "FailedOver"}`,
      open: openIdentity,
    }),
  ];
  // Microsoft's order: on the way there first the state, on the way back first the servers.
  return side === "secondary"
    ? [...users, ...pool, ...active(lab, side, shell)]
    : [...active(lab, side, shell), ...pool, ...users];
}

/** The plan is told where the service is, so that no deployment makes in the primary data center what is served elsewhere. */
export function recorded({ plan }: LabNames, side: DataCenterId): Command {
  const others = plan.databaseSets.slice(1).map(({ database }) => database);
  return cli("Pulumi CLI", {
    title: "say in the stack's file where the service is, once every database is there",
    command: `pulumi config set site ${side}`,
    expect: `site: ${side} is in the stack's file: commit it`,
    otherwise:
      others.length === 0
        ? "Write it into the stack's file by hand."
        : `${others.join(" and ")} is not there yet: follow its own runbook up to here first.`,
    undo: `pulumi config set site ${otherDataCenter(side)}`,
  });
}

/** After a failover nothing of the primary data center is touched by it: what waits there stays as it is. */
export const deployed = (): Command =>
  cli("Pulumi CLI", {
    title: "deploy that: the machines there are asked whether they are what they should be now",
    command: "pulumi up",
    expect: "only health and verify of the secondary data center are updated, and they succeed",
    waitMinutes: 15,
    otherwise: "A health step names what is wrong, on which machine: mend that, and type it again.",
  });
