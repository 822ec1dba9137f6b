import { drawn } from "../../cli/diagram";
import { readStack, type shippedStacks } from "../../cli/stackFile";
import { planLab } from "../../topology/check";

/** The picture of a stack as docs/ has it. */
export async function picture(stack: (typeof shippedStacks)[number]): Promise<string> {
  return drawn(planLab(readStack(stack, undefined).raw).plan);
}
