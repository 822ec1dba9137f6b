import { out } from "../terminal/terminal";
import { planOf, resourcesOf } from "./ownSide";

/*
 * One side of a comparison, made by the code of its own checkout: started as `npm run sides` says there, once for all stacks, since loading
 * the Pulumi SDK takes longer than running a program. Newer and older checkouts start it too, so what it prints only grows.
 */

const [what, ...stacks] = process.argv.slice(2);

async function main(): Promise<void> {
  const found: Record<string, unknown> = {};
  for (const stack of stacks) found[stack] = what === "plans" ? planOf(stack) : await resourcesOf(stack);
  out.write(JSON.stringify(found));
}

void main();
