import { DataCenter } from "../../components/dataCenter";
import type { DataCenters, MachineSettings } from "../../components/machine";
import type { Machine, Plan } from "../../topology/model";

/** A password that must appear nowhere but in secrets. */
export const sentinel = "Sentinel-Pa55word";

/** Settings of a lab that keeps its data. */
export const settings: MachineSettings = {
  adminUser: "labadmin",
  adminPassword: sentinel,
  autoShutdown: { time: "1905", timeZone: "UTC" },
  protectData: true,
};

/** Both data centers of a plan, as machines need them. */
export function dataCentersOf({ dataCenters, tags }: Plan): DataCenters {
  return {
    primary: new DataCenter("primary", { dataCenter: dataCenters.primary, tags, protectData: true }),
    secondary: new DataCenter("secondary", { dataCenter: dataCenters.secondary, tags, protectData: true }),
  };
}

/** A planned machine by its name. */
export function machineOf(plan: Plan, name: string): Machine {
  const found = plan.machines.find((machine) => machine.name === name);
  if (found === undefined) throw new Error(`the plan has no machine ${name}`);
  return found;
}
