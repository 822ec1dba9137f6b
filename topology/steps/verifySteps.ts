import type { DatabaseSet, DataCenterId, Machine, Share } from "../model";
import { netbiosName } from "../parts/names";
import { type DatabaseContext, endpoint, hasSql } from "./databaseSteps";
import { type DirectoryContext, replicaReady } from "./directorySteps";
import { shareStep } from "./shareSteps";
import { list, makeStep, type PlannedStep } from "./step";

interface VerifyContext extends DirectoryContext, DatabaseContext {
  readonly machines: readonly Machine[];
}

/** The last steps: every SQL Server machine tells what holds on it, then each data center's domain controller of the whole. */
export function withVerification(
  context: VerifyContext,
  steps: readonly PlannedStep[],
): readonly PlannedStep[] {
  const { controllers, domain, machines, dataCenters } = context;
  const health = machines.filter(hasSql).map((machine) => healthStep(machine, context, steps));
  const all = [...steps, ...health];
  const verify = (id: DataCenterId) =>
    makeStep(
      controllers[id],
      "verify",
      "Confirm-DataCenter.ps1",
      {
        DataCenter: id,
        DomainName: domain,
        SiteName: dataCenters[id].site,
        OtherController: controllers[id === "primary" ? "secondary" : "primary"].name,
        Machines: list(
          machines
            .filter(({ kind, dataCenter }) => kind !== "domainController" && dataCenter === id)
            .map(({ name }) => name),
        ),
      },
      [
        ...lastOf(
          all,
          new Set(machines.filter(({ dataCenter }) => dataCenter === id).map(({ name }) => name)),
        ),
        // Until both controllers answer, replication between them may fail for once.
        replicaReady(controllers.secondary),
      ],
    );
  return [...all, verify("primary"), verify("secondary")];
}

/** What a machine's databases are once everything that concerns them is done. */
function healthStep(
  machine: Machine,
  { domain, sets, shares }: VerifyContext,
  steps: readonly PlannedStep[],
): PlannedStep {
  const roles = sets.flatMap((set) => roleOn(set, machine.name));
  const usable = ({ host, readWrite, readOnly }: Share) =>
    host !== machine.name && [...readWrite, ...readOnly].includes(machine.name);
  // Primary and mirror change places on the way.
  const partners = sets
    .map(({ primary: { server, mirror } }) => [server, mirror])
    .filter((names) => names.includes(machine.name));
  const concerned = new Set([machine.name, ...partners.flat()]);
  return makeStep(
    machine,
    "health",
    "Confirm-SqlServer.ps1",
    {
      DomainName: domain,
      NetbiosName: netbiosName(domain),
      Databases: list(roles.map(({ database, role }) => `${database}:${role}`)),
      Witness: roles.some(({ witness }) => witness !== undefined) ? "CONNECTED" : "none",
      Endpoint: steps.some(({ id }) => id === endpoint(machine.name)) ? "STARTED" : "none",
      Shares: list(shares.filter(usable).map(({ unc }) => unc)),
    },
    [...lastOf(steps, concerned), ...shares.filter(usable).map(shareStep)],
  );
}

function roleOn({ database, primary, secondary }: DatabaseSet, machine: string) {
  const { witness } = primary;
  if (primary.server === machine) return [{ database, role: "PRINCIPAL", witness }];
  if (primary.mirror === machine) return [{ database, role: "MIRROR", witness }];
  // Its own session is made when it takes over.
  return secondary.server === machine ? [{ database, role: "RESTORING", witness: undefined }] : [];
}

/** The steps of some machines that none of their other steps waits for. */
function lastOf(steps: readonly PlannedStep[], machines: ReadonlySet<string>): readonly string[] {
  const here = steps.filter(({ machine }) => machines.has(machine));
  const awaited = new Set(here.flatMap(({ after }) => after));
  return here.filter(({ id }) => !awaited.has(id)).map(({ id }) => id);
}
