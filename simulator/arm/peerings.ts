import { parentId } from "./ids";
import { text } from "./inputs";
import type { PeeringState, StoredResource } from "./resource";
import { tokens } from "./resourceTypes";

/** Resources by id in lower case. */
type Resources = Record<string, StoredResource>;

/** The peering in the other direction. */
export function counterpart(
  { id, inputs }: Pick<StoredResource, "id" | "inputs">,
  peerings: readonly StoredResource[],
): StoredResource | undefined {
  const [own, remote] = [parentId(id), text(inputs, "remoteVirtualNetwork.id")].map((one) =>
    one.toLowerCase(),
  );
  return peerings.find(
    (other) =>
      parentId(other.id).toLowerCase() === remote &&
      text(other.inputs, "remoteVirtualNetwork.id").toLowerCase() === own,
  );
}

const peeringsOf = (resources: Resources) =>
  Object.values(resources).filter(({ token }) => token === tokens.peering);

function setState(resources: Resources, peering: StoredResource, state: PeeringState): void {
  resources[peering.id.toLowerCase()] = { ...peering, peering: state };
}

/** A peering was written: with one in each direction both are connected. */
export function connect(resources: Resources, peering: StoredResource): void {
  const other = counterpart(peering, peeringsOf(resources));
  setState(resources, peering, other === undefined ? "Initiated" : "Connected");
  if (other !== undefined) setState(resources, other, "Connected");
}

/** A peering is gone, by itself or with its network. */
export function disconnect(resources: Resources, gone: StoredResource): void {
  const other = counterpart(gone, peeringsOf(resources));
  if (other !== undefined) setState(resources, other, "Disconnected");
}
