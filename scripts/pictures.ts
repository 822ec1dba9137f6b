import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { drawn } from "../cli/diagram";
import { readStack } from "../cli/stackFile";
import { planLab } from "../topology/check";

/** The pictures that README and docs show. */
export const pictures = ["figure-1", "figure-2", "full", "minimal"] as const;

/** The picture of a stack as docs/ has it. */
export async function picture(stack: (typeof pictures)[number]): Promise<string> {
  return drawn(planLab(readStack(stack, undefined).raw).plan);
}

async function write(): Promise<void> {
  for (const stack of pictures)
    writeFileSync(join(__dirname, "..", "docs", `${stack}.svg`), await picture(stack));
}

if (require.main === module) write();
