import { badRequest } from "../armError";
import { at, list, text } from "../inputs";
import { tokens } from "../resourceTypes";
import { type ArmRules, ofType } from "./rule";

const publicAddressIsStandardAndStatic = ofType(tokens.publicIp, ({ inputs, id }) => {
  if (text(inputs, "sku.name") !== "Standard")
    return badRequest(
      "BasicSkuPublicIpNotAllowed",
      `${id} is of SKU ${text(inputs, "sku.name")}; only Standard is left.`,
    );
  return inputs.publicIPAllocationMethod === "Static"
    ? undefined
    : badRequest(
        "PublicIPAddressMustBeStatic",
        `${id} must be allocated statically: its SKU is Standard.`,
        "inferred",
      );
});

const rulesHaveTheirOwnPriorities = ofType(tokens.securityGroup, ({ inputs, id }) => {
  const seen = new Map<string, string>();
  for (const rule of list(inputs, "securityRules")) {
    const priority = Number(at(rule, "priority"));
    const name = text(rule, "name");
    if (!Number.isInteger(priority) || priority < 100 || priority > 4096)
      return badRequest(
        "SecurityRuleInvalidPriority",
        `Rule ${name} of ${id} has priority ${priority}; allowed are 100 to 4096.`,
      );
    const key = `${text(rule, "direction")} ${priority}`;
    const other = seen.get(key);
    if (other !== undefined)
      return badRequest(
        "SecurityRuleConflict",
        `Rules ${other} and ${name} of ${id} conflict: both are ${key}.`,
      );
    seen.set(key, name);
  }
  return undefined;
});

/** A prefix in the singular, or prefixes and no service tag in the plural; ports likewise. */
const rulesAreComplete = ofType(tokens.securityGroup, ({ inputs, id }) => {
  for (const rule of list(inputs, "securityRules")) {
    const name = text(rule, "name");
    for (const [one, many] of [
      ["sourceAddressPrefix", "sourceAddressPrefixes"],
      ["destinationAddressPrefix", "destinationAddressPrefixes"],
      ["sourcePortRange", "sourcePortRanges"],
      ["destinationPortRange", "destinationPortRanges"],
    ] as const) {
      if (text(rule, one) === "" && list(rule, many).length === 0)
        return badRequest(
          "SecurityRuleParameterRequired",
          `Rule ${name} of ${id} has neither ${one} nor ${many}.`,
          "inferred",
        );
      if (
        many.endsWith("AddressPrefixes") &&
        list(rule, many).some((prefix) => !/^[0-9]/.test(String(prefix)))
      )
        return badRequest(
          "SecurityRuleInvalidAddressPrefix",
          `Rule ${name} of ${id} has a service tag in ${many}, which takes addresses only.`,
        );
    }
    if (list(rule, "sourceAddressPrefixes").length + list(rule, "destinationAddressPrefixes").length > 4000)
      return badRequest(
        "SecurityRuleAddressPrefixLimit",
        `Rule ${name} of ${id} has more than 4000 addresses.`,
        "inferred",
      );
  }
  return undefined;
});

const rulesAreNotTooMany = ofType(tokens.securityGroup, ({ inputs, id }) =>
  list(inputs, "securityRules").length > 1000
    ? badRequest("NetworkSecurityGroupRuleLimit", `${id} has more than 1000 rules.`, "inferred")
    : undefined,
);

const bastionHasItsSubnet = ofType(tokens.bastion, ({ inputs, id, find }) => {
  const subnet = find(text(list(inputs, "ipConfigurations")[0], "subnet.id"));
  const prefix = text(subnet?.inputs, "addressPrefix");
  const bits = Number(prefix.split("/")[1]);
  return text(subnet?.inputs, "subnetName") === "AzureBastionSubnet" && bits <= 26
    ? undefined
    : badRequest(
        "BastionSubnetInvalid",
        `${id} needs a subnet called AzureBastionSubnet of /26 or larger, not ${text(subnet?.inputs, "subnetName")} (${prefix}).`,
        "inferred",
      );
});

export const networkRules: ArmRules = {
  publicAddressIsStandardAndStatic,
  rulesHaveTheirOwnPriorities,
  rulesAreComplete,
  rulesAreNotTooMany,
  bastionHasItsSubnet,
};
