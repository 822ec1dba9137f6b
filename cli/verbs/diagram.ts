import type { Plan } from "../../topology/model";
import { diagram as diagramOf } from "../../topology/views/diagram";
import { dot, mermaid } from "../../topology/views/diagramText";
import { loadGoodStack } from "../stack/load";
import type { Arguments } from "../terminal/arguments";
import { printOrSave } from "../terminal/save";

/** Draws the plan of a stack, as Mermaid or as SVG. */
export async function diagram(args: Arguments): Promise<number> {
  const loaded = loadGoodStack(args);
  if (loaded === undefined) return 1;
  const text = args.format === "svg" ? await drawn(loaded.plan) : mermaid(diagramOf(loaded.plan));
  printOrSave(args.out, text, `the picture of stack ${loaded.stack}`);
  return 0;
}

/** The picture of a plan as SVG. Graphviz is loaded when it is asked for. */
export async function drawn(plan: Plan): Promise<string> {
  const picture = diagramOf(plan);
  return (await import("./diagramSvg")).svgOf(dot(picture), `${picture.title}; ${picture.subtitle}`);
}
