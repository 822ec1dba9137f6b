import { readStack, type shippedStacks } from "../../cli/stack/stackFile";
import { drawn } from "../../cli/verbs/diagram";
import { planLab } from "../../topology/planLab";

/** The picture of a stack as docs/ has it. */
export async function picture(stack: (typeof shippedStacks)[number]): Promise<string> {
  return drawn(planLab(readStack(stack, undefined).raw).plan);
}
