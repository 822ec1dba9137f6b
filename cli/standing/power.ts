import { ComputeManagementClient } from "@azure/arm-compute";
import type { Machine, Plan } from "../../topology/model";
import { isInTier, startOrder, type TierName } from "../../topology/parts/startOrder";
import type { Access } from "../azure/access";
import { powerOf } from "./standing";

/* Starts and stops the machines of a lab, one tier after the other (topology/parts/startOrder.ts). */

/** Machines that start at once, after those before them. */
interface Tier {
  readonly name: TierName;
  readonly machines: readonly Machine[];
}

/** The machines of a plan in the order in which they start; the reverse stops them. */
const tiersOf = ({ machines }: Plan): readonly Tier[] =>
  startOrder
    .map((name) => ({ name, machines: machines.filter((machine) => isInTier(name, machine)) }))
    .filter((tier) => tier.machines.length > 0);

export type Action = "start" | "stop";

export interface Moved {
  readonly machine: string;
  readonly tier: TierName;
  /**
   * `already` was as it should be; `left alone` is for a runbook to start, or for `--all` to stop; `not there` is not on Azure; `held back` would have had nobody
   * to ask, or somebody still asks it.
   */
  readonly result: "done" | "already" | "left alone" | "failed" | "not there" | "held back";
  readonly seconds: number;
  /** As Azure calls what went wrong, and says it. */
  readonly code?: string;
  readonly message?: string;
}

/** What is asked of Azure about one machine. */
export interface Mover {
  /** As Azure calls its state; absent where there is no such machine. */
  power(machine: Machine): Promise<string | undefined>;
  /** Ends when Azure says that it is done. */
  move(machine: Machine): Promise<void>;
}

/** By Azure's SDK. What is stopped is deallocated, and costs nothing but its disks. */
export function moverOn(access: Access, plan: Plan, action: Action): Mover {
  const { subscription, credential, options } = access;
  const compute = new ComputeManagementClient(credential, subscription, options);
  const groupOf = ({ dataCenter }: Machine) => plan.dataCenters[dataCenter].resourceGroup;
  return {
    power: async (machine) => (await powerOf(compute, groupOf(machine), machine.name))?.power,
    async move(machine) {
      if (action === "start") await compute.virtualMachines.start(groupOf(machine), machine.name);
      else await compute.virtualMachines.deallocate(groupOf(machine), machine.name);
    },
  };
}

interface Moving {
  /** Whether to stop domain controllers that the stack file lets run on. */
  readonly everything?: boolean;
  /** Is told of each tier before its machines are asked. */
  readonly begin?: (tier: Tier) => void;
  /** Is told of each machine as it is done. */
  readonly tell?: (moved: Moved) => void;
}

/**
 * Starts or stops the machines. One that does not come up holds nobody up, but for domain
 * controllers: without any of them nothing else is started, and while anything else runs they are not stopped.
 */
export async function moveAll(
  plan: Plan,
  action: Action,
  mover: Mover,
  { everything = false, begin = () => {}, tell = () => {} }: Moving = {},
): Promise<readonly Moved[]> {
  const all: Moved[] = [];
  for (const tier of action === "start" ? tiersOf(plan) : tiersOf(plan).toReversed()) {
    const isHeld =
      action === "start" ? nobodyAnswers(all) : tier.name === "domain controllers" && all.some(stillRuns);
    begin(tier);
    await Promise.all(
      tier.machines.map(async (machine) => {
        const started = performance.now();
        const ended = isHeld
          ? ({ result: "held back" } as const)
          : (action === "start" ? isFormer(plan, machine) : runsOn(machine) && !everything)
            ? ({ result: "left alone" } as const)
            : await moved(machine, action, mover);
        const seconds = Math.round((performance.now() - started) / 1000);
        const one: Moved = { machine: machine.name, tier: tier.name, seconds, ...ended };
        all.push(one);
        tell(one);
      }),
    );
  }
  return all;
}

/**
 * Whether it has databases that are served elsewhere since a failover. Its sessions would form their quorum again and serve them twice, so
 * the way back says when it starts.
 */
const isFormer = ({ site }: Plan, { kind, dataCenter }: Machine): boolean =>
  site === "secondary" && dataCenter === "primary" && (kind === "sqlServer" || kind === "witness");

/** Whether it is a domain controller that shall run on: stopped together, each may wait for the other's SYSVOL (docs/guest.md). */
const runsOn = ({ kind, stopsDaily }: Machine): boolean => kind === "domainController" && !stopsDaily;

/** Whether domain controllers were to start and none of them runs. */
const nobodyAnswers = (before: readonly Moved[]): boolean =>
  before.length > 0 && !before.some(({ tier, result }) => tier === "domain controllers" && runs(result));

const runs = (result: Moved["result"]): boolean => result === "done" || result === "already";

const stillRuns = ({ result }: Moved): boolean => result === "failed";

async function moved(
  machine: Machine,
  action: Action,
  mover: Mover,
): Promise<Pick<Moved, "result" | "code" | "message">> {
  try {
    const power = await mover.power(machine);
    if (power === undefined) return { result: "not there" };
    if (power === (action === "start" ? "running" : "deallocated")) return { result: "already" };
    await mover.move(machine);
    return { result: "done" };
  } catch (error) {
    return { result: "failed", ...saidBy(error) };
  }
}

/** What Azure says went wrong: an answer's own code, or that of an operation, which the SDK puts into a sentence. */
function saidBy(error: unknown): { readonly code: string; readonly message: string } {
  const { code = "", message = String(error) } = (error ?? {}) as {
    readonly code?: string;
    readonly message?: string;
  };
  const [, ofOperation, rest] = /^The long-running operation has failed\. (\w+)\. (.*)$/s.exec(message) ?? [];
  return { code: ofOperation ?? code, message: (rest ?? message).split("\n")[0] ?? "" };
}

const noRoom =
  "Azure has no room for it there at the moment. Try again later; if it stays so, give its kind another size in the stack file, which replaces nothing but changes the machine (docs/changes.md), or ask Azure's support.";

/**
 * What to do about a code of Azure's: https://learn.microsoft.com/troubleshoot/azure/virtual-machines/windows/allocation-failure,
 * https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors
 */
const remedies: Readonly<Record<string, string>> = {
  AllocationFailed: noRoom,
  ZonalAllocationFailed: noRoom,
  OverconstrainedAllocationRequest: noRoom,
  OverconstrainedZonalAllocationRequest: noRoom,
  SkuNotAvailable: noRoom,
  OperationNotAllowed:
    "If it is about a quota: npm run lab -- show tells what the lab needs, az vm list-usage what is left; ask for more in the portal, or stop something else.",
  QuotaExceeded:
    "npm run lab -- show tells what the lab needs, az vm list-usage what is left; ask for more in the portal, or stop something else.",
  Conflict: "Something else works on it at the moment: wait for that, and try again.",
  AuthorizationFailed:
    "Whoever is signed in may not do that: the role Virtual Machine Contributor on both resource groups is enough.",
  TooManyRequests: "Azure was asked too often: wait for some minutes, and try again.",
};

/** What to do when a machine did not start or stop. */
export const remedyOf = (code: string | undefined): string =>
  remedies[code ?? ""] ??
  "Try again; if it stays so, the activity log of the machine in the portal says more, and az vm redeploy moves it to another host.";
