import type { DataCenterId, Plan } from "../model";
import { find } from "../parts/invariants";
import { again, type Draft, labOf } from "./draft";
import { type Command, cli, numbered, otherDataCenter, skype } from "./labNames";
import { controller, link, shares } from "./placeRunbooks";
import type { Runbook } from "./runbook";

/* What is done about servers that keep no database: the pool's, the Front Ends', the shares' and the directory's. */

const inRow = (names: readonly string[]): string => names.map((one) => `"${one}"`).join(",");

/** Every such runbook that a plan has the parts for. */
export function serviceRunbooksOf(plan: Plan): readonly Runbook[] {
  const drafts: readonly Draft[] = [
    activeServer(plan),
    ...plan.frontEndPools.map(({ dataCenter }) => frontEndPool(plan, dataCenter)),
    secondaryDataCenter(plan),
    ...shares(plan),
    controller(plan),
    link(plan),
  ];
  return drafts.map(({ commands, ...draft }) => ({
    ...draft,
    database: "",
    loses: 0,
    decides: false,
    before: [],
    acts: numbered(draft.name, commands),
    after: [],
  }));
}

const fqdnsOf = (plan: Plan, names: readonly string[]) =>
  names.map((name) => find(plan.machines, name, (machine) => machine.name === name).fqdn);

function activeServer(plan: Plan): Draft {
  const lab = labOf(plan);
  const [lost = ""] = plan.pool.active;
  const [spare] = plan.pool.idle;
  const shell = plan.frontEndPools[0]?.servers[0];
  const moved: readonly Command[] =
    shell === undefined || spare === undefined
      ? []
      : [
          skype(lab, shell, {
            title: `make ${spare} active in the place of ${lost}`,
            command: [
              `Set-CsPersistentChatActiveServer -Identity "PChatServerCollection" -ActiveServers @{Add=${inRow(fqdnsOf(plan, [spare]))}}`,
              `Set-CsPersistentChatActiveServer -Identity "PChatServerCollection" -ActiveServers @{Remove=${inRow(fqdnsOf(plan, [lost]))}}`,
            ].join("\n"),
            expect: `a fresh serverLastPingTime of ${spare} in mgc.dbo.tblServerIdentity`,
            waitMinutes: 15,
            undo: "the same with the two names exchanged",
            open: "The identity is the one of Microsoft's example; an older page writes global, and there is one collection only.",
          }),
        ];
  return {
    name: "active-server-lost",
    title: "make an idle Persistent Chat server active",
    when: `an active server such as ${lost} is lost; users of it move to the others by themselves`,
    minutes: 5,
    commands: [...moved, again(lost, lab.groupOf(lost))],
  };
}

function frontEndPool(plan: Plan, side: DataCenterId): Draft {
  const lab = labOf(plan);
  const own = find(plan.frontEndPools, side, ({ dataCenter }) => dataCenter === side);
  const other = plan.frontEndPools.find(({ dataCenter }) => dataCenter === otherDataCenter(side));
  const shell = other?.servers[0] ?? "";
  return {
    name: `front-end-pool-lost-${side}`,
    title: `fail the users of ${own.fqdn} over to the other pool`,
    when: `fewer than ${Math.ceil(own.servers.length / 2)} of ${own.servers.join(", ")} run`,
    minutes: 20,
    commands: [
      skype(lab, shell, {
        title: "see where Central Management is",
        command: "Get-CsService -CentralManagement",
        expect: `it names ${other?.fqdn}; then leave the next step out`,
        otherwise: "It names the lost pool, or nothing: do the next step.",
      }),
      skype(lab, shell, {
        title: "make the Central Management Store of the other pool the active one",
        command: `Invoke-CsManagementServerFailover -BackupSqlServerFqdn ${fqdnsOf(plan, [other?.backEnd ?? own.backEnd])[0]} -BackupSqlInstanceName Default -Force -Verbose`,
        expect: "Get-CsManagementStoreReplicationStatus shows UpToDate for the machines that are left",
        waitMinutes: 15,
        open: "The form of the name of the default instance is inferred; the pools must have been paired beforehand.",
      }),
      skype(lab, shell, {
        title: "fail its users over",
        command: `Invoke-CsPoolFailOver -PoolFqdn ${own.fqdn} -DisasterMode -Verbose`,
        expect: "it returns without an error; users sign in again within 20 minutes",
        waitMinutes: 20,
        repeatable: false,
        undo: `Invoke-CsPoolFailBack -PoolFqdn ${own.fqdn} -Verbose`,
      }),
      ...own.servers.map((machine) => again(machine, lab.groupOf(machine))),
    ],
  };
}

function secondaryDataCenter(plan: Plan): Draft {
  const lab = labOf(plan);
  const shell = plan.frontEndPools.find(({ dataCenter }) => dataCenter === "primary")?.servers[0];
  const there = (names: readonly string[]) =>
    names.filter((name) => plan.machines.find((one) => one.name === name)?.dataCenter === "secondary");
  const gone = there(plan.pool.active);
  const idle = plan.pool.idle.filter((name) => !there([name]).includes(name)).slice(0, gone.length);
  const users = plan.frontEndPools.find(({ dataCenter }) => dataCenter === "secondary");
  return {
    name: "loss-of-secondary-data-center",
    title: "go on in the primary data center alone",
    when: "the secondary data center is lost or out: databases go on, users and servers there do not",
    minutes: 25,
    commands: [
      ...(shell === undefined || idle.length === 0
        ? []
        : [
            skype(lab, shell, {
              title: "make idle servers here active in the place of those that are gone",
              command: [
                `Set-CsPersistentChatActiveServer -Identity "PChatServerCollection" -ActiveServers @{Add=${inRow(fqdnsOf(plan, idle))}}`,
                `Set-CsPersistentChatActiveServer -Identity "PChatServerCollection" -ActiveServers @{Remove=${inRow(fqdnsOf(plan, gone))}}`,
              ].join("\n"),
              expect: "a fresh serverLastPingTime of each in mgc.dbo.tblServerIdentity",
              waitMinutes: 15,
              open: "The identity is the one of Microsoft's example; an older page writes global, and there is one collection only.",
            }),
          ]),
      ...(shell === undefined || users === undefined
        ? []
        : [
            skype(lab, shell, {
              title: "fail the users of the lost pool over",
              command: `Invoke-CsPoolFailOver -PoolFqdn ${users.fqdn} -DisasterMode -Verbose`,
              expect: "it returns without an error; users sign in again within 20 minutes",
              waitMinutes: 20,
              repeatable: false,
              undo: `Invoke-CsPoolFailBack -PoolFqdn ${users.fqdn} -Verbose`,
            }),
          ]),
      cli("Pulumi CLI", {
        title: "once the data center is there again: make what is lost again, and ship logs anew",
        command: "pulumi up --refresh",
        expect: "it ends without an error; then ship-logs-again for each database",
        waitMinutes: 90,
      }),
    ],
  };
}
