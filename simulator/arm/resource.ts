import type { Inputs } from "./inputs";

/** A resource of the simulated Azure. */
export interface StoredResource {
  readonly id: string;
  /** azure-native token. */
  readonly token: string;
  readonly inputs: Inputs;
  /** Machines only; a stopped one takes no writes to what runs inside it. */
  readonly running?: boolean;
  /** Of a machine that does not run: Azure still keeps its host, as after a shutdown from inside, and asks money for it. */
  readonly allocated?: boolean;
  /** Machines only: Azure found no host for it, and has it all the same. */
  readonly failed?: true;
  /** Run commands only: how the script ended when it last ran. */
  readonly run?: RunOutcome;
  /** Peerings only: connected once there is one in each direction, disconnected when the other one or its network was made anew. */
  readonly peering?: PeeringState;
}

export type PeeringState = "Initiated" | "Connected" | "Disconnected";

export type RunOutcome = "succeeded" | "failed";
