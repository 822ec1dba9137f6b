import { createHash } from "node:crypto";
import { text } from "../arm/inputs";
import { type Minutes, resourceTypes, sqlMachineMinutes, tokens } from "../arm/resourceTypes";
import type { RegisteredResource } from "../engine/registered";

interface Range {
  readonly low: number;
  readonly typical: number;
  readonly high: number;
}

/** How long the work inside a machine takes, and the restart with which it ends, if it does; the simulated Azure knows no scripts. */
export type GuestMinutes = (
  resource: RegisteredResource,
) => { readonly work: Range; readonly restart?: Range | undefined } | undefined;

/**
 * Minutes that a resource takes to create: the usual ones, or with a seed a draw between low and high. Equal seeds give equal minutes,
 * in whatever order resources come.
 */
export function minutesOf(resource: RegisteredResource, guestMinutes?: GuestMinutes, seed?: number): number {
  const azure = draw(azureMinutes(resource), `${resource.urn} azure`, seed);
  const guest = guestMinutes?.(resource);
  if (guest === undefined) return azure;
  return azure + drawFrom(guest.work, `${resource.urn} guest`, seed);
}

/** Minutes from the answer of a run command until its machine is back; nothing for one that restarts nothing. */
export function restartOf(
  resource: RegisteredResource,
  guestMinutes?: GuestMinutes,
  seed?: number,
): number | undefined {
  const restart = guestMinutes?.(resource)?.restart;
  return restart === undefined ? undefined : drawFrom(restart, `${resource.urn} restart`, seed);
}

const drawFrom = ({ low, typical, high }: Range, name: string, seed: number | undefined) =>
  draw([low, typical, high], name, seed);

function azureMinutes({ type, inputs }: RegisteredResource): Minutes {
  const fromSqlImage = text(inputs, "storageProfile.imageReference.publisher") === "MicrosoftSQLServer";
  if (type === tokens.machine && fromSqlImage) return sqlMachineMinutes;
  return resourceTypes[type]?.minutes ?? [0, 0, 0];
}

/** A draw from the triangular distribution between low and high with its peak at the typical value. */
function draw([low, typical, high]: Minutes, name: string, seed: number | undefined): number {
  if (seed === undefined || high === low) return typical;
  const chance = createHash("sha256").update(`${seed} ${name}`).digest().readUInt32BE() / 2 ** 32;
  const peak = (typical - low) / (high - low);
  return chance < peak
    ? low + Math.sqrt(chance * (high - low) * (typical - low))
    : high - Math.sqrt((1 - chance) * (high - low) * (high - typical));
}
