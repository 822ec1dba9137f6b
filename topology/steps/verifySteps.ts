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
  const { controllers, domain, machines, dataCenters, site } = context;
  const health = machines.filter(hasSql).map((machine) => healthStep(machine, context, steps));
  const all = [...steps, ...health];
  const verify = (id: DataCenterId) => ({
    ...makeStep(
      controllers[id],
      "verify",
      "Confirm-DataCenter.ps1",
      {
        DataCenter: id,
        DomainName: domain,
        SiteName: dataCenters[id].site,
        // After a disaster the primary data center's may be lost.
        OtherController:
          site === "secondary" && id === "secondary"
            ? "none"
            : controllers[id === "primary" ? "secondary" : "primary"].name,
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
    ),
    ...waitingIn(id, site),
  });
  return [...all, verify("primary"), verify("secondary")];
}

/** What tells how the data center is that is not there to be asked: it waits until the service is back. */
const waitingIn = (dataCenter: DataCenterId, site: DataCenterId): Pick<PlannedStep, "waits"> =>
  site === "secondary" && dataCenter === "primary" ? { waits: true } : {};

/** What a machine's databases are once everything that concerns them is done. */
function healthStep(
  machine: Machine,
  { domain, sets, shares, site, machine: machineOf }: VerifyContext,
  steps: readonly PlannedStep[],
): PlannedStep {
  const roles = sets.flatMap((set) =>
    site === "primary" ? roleOn(set, machine.name) : roleAwayOn(set, machine.name),
  );
  const isThere = (host: string) => site === "primary" || machineOf(host).dataCenter === "secondary";
  const usable = ({ host, readWrite, readOnly }: Share) =>
    host !== machine.name && isThere(host) && [...readWrite, ...readOnly].includes(machine.name);
  // Primary and mirror change places on the way.
  const partners = sets
    .map(({ primary: { server, mirror } }) => [server, mirror])
    .filter((names) => names.includes(machine.name));
  const concerned = new Set([machine.name, ...partners.flat()]);
  const step = makeStep(
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
  return { ...step, ...waitingIn(machine.dataCenter, site) };
}

function roleOn({ database, primary, secondary }: DatabaseSet, machine: string) {
  const { witness } = primary;
  if (primary.server === machine) return [{ database, role: "PRINCIPAL", witness }];
  if (primary.mirror === machine) return [{ database, role: "MIRROR", witness }];
  // Its own session is made when it takes over.
  return secondary.server === machine ? [{ database, role: "RESTORING", witness: undefined }] : [];
}

/** While the secondary data center serves: its session, if it has a mirror, and nothing that the primary one must have. */
function roleAwayOn({ database, secondary: { server, mirror, witness } }: DatabaseSet, machine: string) {
  if (server === machine) return [{ database, role: mirror === undefined ? "ONLINE" : "PRINCIPAL", witness }];
  return mirror === machine ? [{ database, role: "MIRROR", witness }] : [];
}

/** The steps of some machines that none of their other steps waits for. */
function lastOf(steps: readonly PlannedStep[], machines: ReadonlySet<string>): readonly string[] {
  const here = steps.filter(({ machine }) => machines.has(machine));
  const awaited = new Set(here.flatMap(({ after }) => after));
  return here.filter(({ id }) => !awaited.has(id)).map(({ id }) => id);
}
