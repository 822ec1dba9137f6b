import { badRequest } from "../arm/armError";
import { nameIn } from "../arm/ids";
import { type Inputs, text } from "../arm/inputs";
import type { StoredResource } from "../arm/resource";
import { resourceTypes } from "../arm/resourceTypes";

/** What a filter can compare. */
const readers: Readonly<Record<string, (resource: StoredResource) => string>> = {
  resourcetype: ({ token }) => resourceTypes[token]?.armType ?? "",
  name: ({ id }) => nameIn(id).split("/").at(-1) ?? "",
  location: ({ inputs }) => text(inputs, "location"),
  resourcegroup: ({ inputs }) => text(inputs, "resourceGroupName"),
};

/**
 * What `$filter` of a list of resources or groups asks for: comparisons with `eq` that `and` joins, and tags by `tagName` and `tagValue`.
 * https://learn.microsoft.com/rest/api/resources/resources/list
 */
export function filterOf(filter: string | null): (resource: StoredResource) => boolean {
  if (filter === null || filter === "") return () => true;
  const parts = filter.split(/ and /i).map((part) => {
    const [, key = "", value = ""] = /^\s*(\w+)\s+eq\s+'((?:[^']|'')*)'\s*$/i.exec(part) ?? [];
    const isKnown = key.toLowerCase() in readers || /^tag(Name|Value)$/i.test(key);
    if (!isKnown)
      throw badRequest(
        "InvalidFilterInQueryString",
        `Invalid $filter '${filter}' specified in the query string.`,
      );
    return [key.toLowerCase(), value.replaceAll("''", "'")] as const;
  });
  const wanted = new Map(parts);
  const [tag, tagValue] = [wanted.get("tagname"), wanted.get("tagvalue")];
  return (resource) => {
    const tags = (resource.inputs.tags ?? {}) as Inputs;
    const hasTag = tag === undefined || (tag in tags && (tagValue === undefined || tags[tag] === tagValue));
    return (
      hasTag &&
      parts.every(([key, value]) => {
        const read = readers[key];
        return read === undefined || read(resource).toLowerCase() === value.toLowerCase();
      })
    );
  };
}
