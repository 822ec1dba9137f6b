import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { drawn } from "../cli/diagram";
import { readStack, shippedStacks } from "../cli/stackFile";
import { planLab } from "../topology/check";

/** The picture of a stack as docs/ has it. */
export async function picture(stack: (typeof shippedStacks)[number]): Promise<string> {
  return drawn(planLab(readStack(stack, undefined).raw).plan);
}

async function write(): Promise<void> {
  for (const stack of shippedStacks)
    writeFileSync(join(__dirname, "..", "docs", `${stack}.svg`), await picture(stack));
}

if (require.main === module) write();
