import { at, type Inputs } from "../../simulator/arm/inputs";
import { resourceTypes } from "../../simulator/arm/resourceTypes";

const outer = ["location", "tags", "zones", "sku", "identity"];

/** What somebody sends to ARM who means what azure-native was told: written by hand, so that it is no echo of what reads it. */
export function armBody(token: string, inputs: Inputs): Inputs {
  const { names = [], wraps = [] } = resourceTypes[token] ?? {};
  const flat = structuredClone(inputs) as Record<string, unknown>;
  for (const name of ["resourceGroupName", ...names]) delete flat[name];
  for (const path of wraps) {
    const items = at(flat, path);
    if (!Array.isArray(items)) continue;
    for (const [index, { id, name, ...properties }] of items.entries())
      items[index] = {
        ...(id === undefined ? {} : { id }),
        ...(name === undefined ? {} : { name }),
        properties,
      };
  }
  const body: Record<string, unknown> = {};
  const properties: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(flat)) (outer.includes(key) ? body : properties)[key] = value;
  return { ...body, properties };
}
