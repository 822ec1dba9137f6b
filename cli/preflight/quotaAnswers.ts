import type { Found, Usage } from "./found";
import { lessOfFamily, otherRegions } from "./instead";
import { coresByFamily, type Needs } from "./needs";
import { existing, usageOf } from "./offers";
import { type Answer, by, no, type Said, unknown, unlessSilent, yes } from "./said";

/* Whether the quotas of a subscription have room for a lab, apart from what it uses already. */

/** A quota as this lab sees it. */
function quotaSaid(usage: Usage, needed: number, own: number, instead: readonly string[]): Said {
  const used = `${usage.current} of ${usage.limit} are in use${own > 0 ? `, ${own} of them by this lab` : ""}`;
  const more = Math.max(0, needed - own);
  return usage.current + more <= usage.limit
    ? yes(`${needed} are needed; ${used}.`)
    : no(`${needed} are needed, and ${used}.`, ...instead);
}

/** Where quotas are asked for: https://learn.microsoft.com/azure/quotas/per-vm-quota-requests */
const quotaPage = "https://portal.azure.com/#view/Microsoft_Azure_Capacity/QuotaMenuBlade/~/myQuotas";

/** vCPUs, by family and in all. */
export function coreAnswers(region: string, needs: Needs, found: Found): readonly Answer[] {
  const own = existing(found).filter((one) => one.region === region);
  const here = needs.machines.filter((one) => one.region === region);
  const ownCores = coresByFamily(own.map(({ size }) => size));
  const families = [...coresByFamily(here.map(({ size }) => size))];
  const sum = (all: Iterable<number>) => [...all].reduce((total, one) => total + one, 0);
  const rows = [
    ...families.map(([family, needed]) => ({ family, needed, used: ownCores.get(family) ?? 0 })),
    { family: "cores", needed: sum(families.map(([, needed]) => needed)), used: sum(ownCores.values()) },
  ];
  return rows.map(({ family, needed, used }) => ({
    about: `${family === "cores" ? "Total Regional vCPUs" : family} in ${region}`,
    question: "vCPUs",
    ...by(found.regions[region]?.cores, (usages) => {
      const usage = usageOf(usages, family);
      if (usage === undefined) return unknown("Azure lists no quota of this name.");
      const wanted = needed + usage.current - used;
      const [machine] = here;
      const said = quotaSaid(usage, needed, used, [
        `Request ${wanted} vCPUs: ${quotaPage}`,
        // The regional total counts vCPUs of whatever family.
        ...(family === "cores"
          ? []
          : lessOfFamily({ region, family, less: wanted - usage.limit }, needs, found)),
        ...(machine === undefined ? [] : otherRegions(machine, needs, found)),
      ]);
      return unlessSilent(found.machines, said);
    }),
  }));
}

/** Types that networks have quotas of, and what those are called: https://learn.microsoft.com/rest/api/virtualnetwork/usages/list */
const networkQuotas: Readonly<Record<string, string>> = {
  "Microsoft.Network/virtualNetworks": "VirtualNetworks",
  "Microsoft.Network/publicIPAddresses": "StandardSkuPublicIpAddresses",
  "Microsoft.Network/networkInterfaces": "NetworkInterfaces",
  "Microsoft.Network/networkSecurityGroups": "NetworkSecurityGroups",
};

export function networkAnswers(region: string, needs: Needs, found: Found): readonly Answer[] {
  const own = "value" in found.resources ? found.resources.value : [];
  return needs.types.flatMap(({ type, region: at, count }): readonly Answer[] => {
    const quota = networkQuotas[type];
    if (quota === undefined || at !== region) return [];
    const said = by(found.regions[region]?.network, (usages) => {
      const usage = usages.find(({ name }) => name === quota);
      if (usage === undefined) return unknown("Azure lists no quota of this name.");
      const used = own.filter((one) => one.region === region && one.type === type.toLowerCase()).length;
      const request = `Request ${count + usage.current - used}: ${quotaPage}`;
      return unlessSilent(found.resources, quotaSaid(usage, count, used, [request]));
    });
    return [{ about: `${quota} in ${region}`, question: "quota", ...said }];
  });
}
