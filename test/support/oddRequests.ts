import fc from "fast-check";
import { simulatedSubscription } from "../../simulator/arm/ids";

const word = fc.oneof(
  fc.constantFrom("subscriptions", "resourceGroups", "providers", "", "%", "%zz", "..", "?"),
  fc.constantFrom("Microsoft.Compute", "virtualMachines", "runCommands", "locations", "operations"),
  fc.constantFrom(simulatedSubscription, "rg", "vm"),
  fc.stringMatching(/^[ -~]{0,12}$/).map((text) => text.replaceAll(/[#\s]/g, "")),
);

/** Requests of which some may mean something: a method, a path, a body that may be no JSON. */
export const oddRequest = fc.record({
  method: fc.constantFrom("GET", "PUT", "POST", "PATCH", "DELETE", "HEAD", "OPTIONS"),
  path: fc.array(word, { maxLength: 10 }).map((words) => `/${words.join("/")}`),
  body: fc.constantFrom("{}", "{", "[]", "null", '"\u0000"', '{"location":{"a":[1]},"properties":7}'),
});

/** What is no answer of Azure Resource Manager's to an odd request; nothing where it is one. */
export function strangeIn(status: number, method: string, body: string): string | undefined {
  if (status >= 500) return `status ${status}: ${body}`;
  if (status < 400 || method === "HEAD") return undefined;
  const said = JSON.parse(body) as { readonly error?: { readonly code?: unknown } };
  return typeof said.error?.code === "string" && /^\w+$/.test(said.error.code) ? undefined : body;
}
