import type { DataCenterId, Plan } from "../model";
import { find } from "../parts/invariants";
import { type Command, cli, namesOf, numbered, otherDataCenter, skype, windows } from "./labNames";
import type { Runbook } from "./runbook";

/* What is done about servers that keep no database: the pool's, the Front Ends', the shares' and the directory's. */

type Draft = Pick<Runbook, "name" | "title" | "when" | "minutes"> & { readonly commands: readonly Command[] };

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

const labOf = (plan: Plan) =>
  namesOf(
    plan,
    find(plan.databaseSets, "mgc", ({ database }) => database === "mgc"),
  );

const fqdnsOf = (plan: Plan, names: readonly string[]) =>
  names.map((name) => find(plan.machines, name, (machine) => machine.name === name).fqdn);

const again = (machine: string, group: string): Command =>
  cli("Azure CLI", {
    title: `start ${machine}`,
    command: `az vm start --resource-group ${group} --name ${machine}`,
    expect: "it returns without an error",
    waitMinutes: 10,
    otherwise: `ResourceNotFound, or a disk that is gone: run pulumi up, which makes ${machine} again, empty.`,
  });

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
              `Set-CsPersistentChatActiveServer -ActiveServers @{Add=${inRow(fqdnsOf(plan, [spare]))}}`,
              `Set-CsPersistentChatActiveServer -ActiveServers @{Remove=${inRow(fqdnsOf(plan, [lost]))}}`,
            ].join("\n"),
            expect: `a fresh serverLastPingTime of ${spare} in mgc.dbo.tblServerIdentity`,
            waitMinutes: 15,
            undo: "the same with the two names exchanged",
            open: "Whether it takes an identity, and which, is described in three ways.",
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
                `Set-CsPersistentChatActiveServer -ActiveServers @{Add=${inRow(fqdnsOf(plan, idle))}}`,
                `Set-CsPersistentChatActiveServer -ActiveServers @{Remove=${inRow(fqdnsOf(plan, gone))}}`,
              ].join("\n"),
              expect: "a fresh serverLastPingTime of each in mgc.dbo.tblServerIdentity",
              waitMinutes: 15,
              open: "Whether it takes an identity, and which, is described in three ways.",
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

function shares(plan: Plan): readonly Draft[] {
  const lab = labOf(plan);
  const named = {
    "chat-file-store": "file-store-lost",
    "log-shipping-copy": "copy-share-lost",
  } as const;
  const seen = new Set<string>();
  return plan.shares.flatMap(({ purpose, host, unc }): readonly Draft[] => {
    if (purpose !== "chat-file-store" && purpose !== "log-shipping-copy") return [];
    if (seen.has(purpose)) return [];
    seen.add(purpose);
    const step = `${host}-${purpose}`;
    return [
      {
        name: named[purpose],
        title: `bring ${unc} back`,
        when:
          purpose === "chat-file-store"
            ? "files cannot be sent: the share's machine or its disk is gone; rooms go on"
            : "copies of log backups find no place: the share or its folder is gone",
        minutes: 20,
        commands: [
          again(host, lab.groupOf(host)),
          cli("Pulumi CLI", {
            title: "make the share again, empty",
            command: `pulumi up --replace '**::${step}'`,
            expect: "Pulumi shows this guest step as replaced, asks, and ends without an error",
            waitMinutes: 20,
            open:
              purpose === "chat-file-store"
                ? "No source says what Persistent Chat does with links to files that are gone."
                : "",
          }),
        ],
      },
    ];
  });
}

function controller(plan: Plan): Draft {
  const lab = labOf(plan);
  const controllers = plan.machines.filter(({ kind }) => kind === "domainController");
  const [first, second] = controllers.map(({ name }) => name);
  const left = second ?? "";
  return {
    name: "directory-controller-lost",
    title: `seize the roles of the directory on ${left}`,
    when: `${first} is lost for good; one that only stopped is started, and nothing is seized`,
    minutes: 10,
    commands: [
      windows(lab, left, {
        title: "see who holds the roles",
        command: "netdom query fsmo",
        expect: `five lines; those that name ${first} are to be moved`,
      }),
      windows(lab, left, {
        title: "seize them",
        command: `Move-ADDirectoryServerOperationMasterRole -Identity ${left} -OperationMasterRole SchemaMaster,DomainNamingMaster,PDCEmulator,RIDMaster,InfrastructureMaster -Force -Confirm:$false`,
        expect: `netdom query fsmo names ${left} five times`,
        waitMinutes: 10,
        repeatable: true,
        otherwise: `It is refused while ${first} answers: then nothing must be seized.`,
      }),
      cli("Pulumi CLI", {
        title: `make ${first} again, as a replica`,
        command: "pulumi up --refresh",
        expect: "it ends without an error",
        waitMinutes: 60,
        open: "Whether the old controller's entries must be removed from the directory first depends on how it was lost.",
      }),
    ],
  };
}

function link(plan: Plan): Draft {
  const { primary, secondary } = plan.dataCenters;
  return {
    name: "link-cut",
    title: "mend the peering between the data centers",
    when: "databases go on and no log is shipped; active servers far from the database have lost it",
    minutes: 10,
    commands: [primary, secondary].flatMap(({ resourceGroup, virtualNetwork, peering }) => [
      cli("Azure CLI", {
        title: `see the peering from ${virtualNetwork}`,
        command: `az network vnet peering show --resource-group ${resourceGroup} --vnet-name ${virtualNetwork} --name ${peering} --query peeringState --output tsv`,
        expect: "Connected",
        otherwise: "Disconnected, or not found: pulumi refresh, then pulumi up.",
      }),
    ]),
  };
}
