import { join } from "node:path";
import { guestMinutes } from "../../cli/rehearse";
import { createCloud } from "../../simulator/cloud";
import { type Rehearsal, rehearse } from "../../simulator/rehearsal";
import { withoutTraces } from "../../simulator/withoutTraces";
import { planLab } from "../../topology/check";
import { sentinel } from "./components";

const project = "persistent-chat-lab";

/** The lab's own program, rehearsed for a configuration as a user writes it. */
export function rehearseLab(
  raw: Readonly<Record<string, unknown>>,
  more: { readonly seed?: number; readonly parallel?: number } = {},
): Promise<Rehearsal> {
  const config = Object.fromEntries(
    Object.entries({ ...raw, adminPassword: sentinel }).map(([key, value]) => [
      `${project}:${key}`,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
  // Under vitest, which maps each trace to its source, traces would take most of the time.
  return withoutTraces(() =>
    rehearse({
      entry: join(__dirname, "..", "..", "index.ts"),
      project,
      stack: "dev",
      config,
      secretKeys: [`${project}:adminPassword`],
      cloud: createCloud(),
      guestMinutes: guestMinutes(planLab(raw).plan),
      ...more,
    }),
  );
}
