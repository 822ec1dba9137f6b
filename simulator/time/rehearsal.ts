import { text } from "../arm/inputs";
import { tokens } from "../arm/resourceTypes";
import { type ProgramOptions, type ProgramRun, runProgram } from "../engine/program";
import type { Refusal, RegisteredResource } from "../engine/registered";
import { type GuestMinutes, minutesOf, restartOf } from "./durations";
import { schedule, type Timeline } from "./schedule";

export interface RehearsalOptions extends ProgramOptions {
  /** How long scripts work inside machines, on top of what Azure takes to start them. */
  readonly guestMinutes?: GuestMinutes;
  /** Draw durations between low and high instead of taking the usual ones. */
  readonly seed?: number;
  /** Operations at a time; all that can run where it is absent. */
  readonly parallel?: number;
}

export interface Rehearsal extends ProgramRun, Timeline {}

/** Runs a program against the simulated Azure and lays what it created out in virtual time. */
export async function rehearse(options: RehearsalOptions): Promise<Rehearsal> {
  const run = await runProgram(options);
  const operations = run.resources
    .filter(({ custom }) => custom)
    .map((resource) => {
      const { urn, dependsOn: after, inputs } = resource;
      const restart = restartOf(resource, options.guestMinutes, options.seed);
      const minutes = minutesOf(resource, options.guestMinutes, options.seed);
      const inside = resource.type === tokens.runCommand ? { inside: text(inputs, "vmName") } : {};
      return { urn, minutes, after, ...inside, ...(restart === undefined ? {} : { restart }) };
    });
  const timeline = schedule(operations, options.parallel);
  return { ...run, ...timeline, refusals: [...run.refusals, ...overlappingWrites(run.resources, timeline)] };
}

/** Azure takes one write at a time on a virtual network and what belongs to it; a second one meanwhile is refused. */
export function overlappingWrites(
  resources: readonly RegisteredResource[],
  { timeline }: Timeline,
): readonly Refusal[] {
  const writes = resources.flatMap((resource) => {
    const { type, inputs, urn } = resource;
    const span = timeline.find((one) => one.urn === urn);
    const onNetwork = type === tokens.network || type === tokens.subnet || type === tokens.peering;
    if (!onNetwork || span === undefined) return [];
    const own = `${text(inputs, "resourceGroupName")}/${text(inputs, "virtualNetworkName")}`;
    // A peering is a write on both of its networks.
    const [, group, remote] =
      /\/resourceGroups\/([^/]+)\/.*\/virtualNetworks\/([^/]+)$/i.exec(
        text(inputs, "remoteVirtualNetwork.id"),
      ) ?? [];
    return [own, ...(group === undefined ? [] : [`${group}/${remote}`])].map((network) => ({
      ...span,
      network,
    }));
  });
  return writes.flatMap((write, index) => {
    const other = writes
      .slice(0, index)
      .find(({ network, start, end }) => network === write.network && start < write.end && write.start < end);
    if (other === undefined) return [];
    const message = `${write.urn} was written at minute ${write.start} while ${other.urn} was still being written on the same network, until minute ${other.end}.`;
    return [{ urn: write.urn, status: 409, code: "AnotherOperationInProgress", message }];
  });
}
