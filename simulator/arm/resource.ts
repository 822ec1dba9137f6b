import type { Inputs } from "./inputs";

/** A resource of the simulated Azure. */
export interface StoredResource {
  readonly id: string;
  /** azure-native token. */
  readonly token: string;
  readonly inputs: Inputs;
  /** Machines only; a stopped one takes no writes to what runs inside it. */
  readonly running?: boolean;
  /** Run commands only: how the script ended when it last ran. */
  readonly run?: RunOutcome;
  /** Peerings only: connected once there is one in each direction, disconnected when the other one or its network was made anew. */
  readonly peering?: PeeringState;
}

export type PeeringState = "Initiated" | "Connected" | "Disconnected";

export type RunOutcome = "succeeded" | "failed";

/** The id of the resource that this one's id continues. */
export function parentId(id: string): string {
  return id.slice(0, Math.max(0, id.lastIndexOf("/", id.lastIndexOf("/") - 1)));
}

/** Whether two ids are of one resource: ARM's ids do not differ by case. */
export function sameId(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
