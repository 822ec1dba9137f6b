import type { DatabaseSet, DataCenterId, Plan } from "../model";
import { find } from "../parts/invariants";
import { netbiosName } from "../parts/names";
import type { Language, Step } from "./runbook";

/** What a command needs of a plan: names, as they are typed. */
export interface LabNames {
  readonly plan: Plan;
  readonly set: DatabaseSet;
  readonly database: string;
  /** `LAB\labadmin` */
  readonly admin: string;
  /** Where its log backups are: `\\b-fs01.lab.test\LsBackup\mgc` */
  readonly backups: string;
  /** Where the secondary copies them to: `F:\LsCopy\mgc` */
  readonly copies: string;
  readonly jobs: { readonly backup: string; readonly copy: string; readonly restore: string };
  readonly groupOf: (machine: string) => string;
  readonly fqdnOf: (machine: string) => string;
}

export function namesOf(plan: Plan, set: DatabaseSet): LabNames {
  const { database, primary, logShipping } = set;
  const machineCalled = (name: string) => find(plan.machines, name, (machine) => machine.name === name);
  const share = (id: string) => find(plan.shares, id, (one) => one.id === id);
  return {
    plan,
    set,
    database,
    admin: `${netbiosName(plan.domain.fqdn)}\\${plan.adminUser}`,
    backups: `${share(logShipping.backupShare).unc}\\${database}`,
    copies: `${share(logShipping.copyShare).path}\\${database}`,
    jobs: {
      backup: `LSBackup_${database}`,
      copy: `LSCopy_${primary.server}_${database}`,
      restore: `LSRestore_${primary.server}_${database}`,
    },
    groupOf: (machine) => plan.dataCenters[machineCalled(machine).dataCenter].resourceGroup,
    fqdnOf: (machine) => machineCalled(machine).fqdn,
  };
}

export const otherDataCenter = (id: DataCenterId): DataCenterId =>
  id === "primary" ? "secondary" : "primary";

/** A step without its id, which says what it belongs to. */
export type Command = Omit<Step, "id">;

const defaults = {
  waitMinutes: 2,
  otherwise: "Stop here and read the error: nothing after this step is right without it.",
  repeatable: true,
  undo: "",
  needs: "",
  open: "",
} as const;

type Told = Pick<Command, "title" | "command" | "expect"> & Partial<Command>;

/** T-SQL in `master` of a machine's instance. */
export const sql = ({ admin }: LabNames, machine: string, told: Told): Command => ({
  ...defaults,
  machine,
  as: admin,
  language: "T-SQL",
  ...told,
});

/** A cmdlet of Skype for Business' own management shell, on a Front End. */
export const skype = ({ admin }: LabNames, machine: string, told: Told): Command => ({
  ...defaults,
  machine,
  as: admin,
  language: "PowerShell",
  needs: "Skype for Business",
  ...told,
});

/** A command of Windows' own, in PowerShell. */
export const windows = ({ admin }: LabNames, machine: string, told: Told): Command => ({
  ...defaults,
  machine,
  as: admin,
  language: "PowerShell",
  ...told,
});

/** Something that is typed where the Azure CLI or Pulumi is logged in. */
export const cli = (language: Language, told: Told): Command => ({
  ...defaults,
  machine: "",
  as: "you, logged in to Azure",
  language,
  ...told,
});

/** T-SQL text in quotes. */
export const quoted = (text: string): string => `N'${text.replaceAll("'", "''")}'`;

/** Commands as the steps of one act, by number. */
export const numbered = (act: string, commands: readonly Command[], from = 1): readonly Step[] =>
  commands.map((command, index) => ({ id: `${act}/${from + index}`, ...command }));
