import { createHash } from "node:crypto";
import { type Inputs, text } from "./inputs";
import { resourceTypes, tokens } from "./resourceTypes";

/** What Azure adds to the body of a resource that it created. The same id gives the same values. */
export function computedOutputs(token: string, id: string, inputs: Inputs): Inputs {
  const type = resourceTypes[token];
  const name = text(inputs, type?.names.at(-1) ?? "");
  const digest = createHash("sha256").update(id.toLowerCase()).digest();
  const base = { id, name, type: type?.armType, provisioningState: "Succeeded" };
  // Documentation addresses, of which no machine ever has one: https://www.rfc-editor.org/rfc/rfc5737
  if (token === tokens.publicIp) return { ...base, ipAddress: `203.0.113.${digest[0]}` };
  if (token === tokens.nic)
    return {
      ...base,
      macAddress: `00-0D-3A-${digest.toString("hex", 0, 3).toUpperCase().match(/../g)?.join("-")}`,
    };
  if (token === tokens.machine) return { ...base, vmId: digest.toString("hex", 0, 16) };
  return base;
}
