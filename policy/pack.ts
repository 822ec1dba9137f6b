import { PolicyPack } from "@pulumi/policy";
import { policies } from "./policies";
import type { PolicyResource } from "./policy";

/*
 * The policies as a policy pack of Pulumi. They speak of what a program asks for, so resources are collected as the engine shows their
 * inputs; many speak of several resources at once, so all are told when the last one has been seen. A preview tells everything before
 * anything is made; `pulumi up --skip-preview` would make it first.
 */

const seen = new Map<string, PolicyResource>();

/** A copy without what a preview does not know yet: reading that throws. */
function known(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.keys(value).flatMap((key) => {
    try {
      return [[key, known(Reflect.get(value, key))] as const];
    } catch {
      return [];
    }
  });
  return Array.isArray(value) ? entries.map(([, one]) => one) : Object.fromEntries(entries);
}

new PolicyPack("persistent-chat-lab", {
  policies: [
    {
      name: "resources",
      description: "Collects the resources for the policies below; nothing breaks it.",
      enforcementLevel: "advisory",
      validateResource: ({ urn, type, name, props, opts }) => {
        seen.set(urn, {
          type,
          name,
          inputs: known(props) as Readonly<Record<string, unknown>>,
          protect: opts.protect,
        });
      },
    },
    ...policies.map(({ id, severity, why, source, find }) => ({
      name: id,
      description: `${why} ${source}`,
      enforcementLevel: severity,
      validateStack: (_: unknown, report: (message: string, urn?: string) => void) => {
        const urns = new Map([...seen].map(([urn, { name }]) => [name, urn]));
        for (const { resource, message } of find([...seen.values()])) report(message, urns.get(resource));
      },
    })),
  ],
});
