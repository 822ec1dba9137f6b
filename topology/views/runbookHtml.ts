import type { Runbook, Step } from "../runbooks/runbook";
import { escaped } from "./diagramText";
import { costText, placeText } from "./runbookText";

/* Runbooks as one HTML file without a script, which prints with a box for each command. */

const style = `
body { font: 15px/1.45 Helvetica, Arial, sans-serif; color: #1f2933; background: #fff; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.25rem; border-top: 2px solid #1f2933; padding-top: .6rem; } h3 { font-size: 1rem; }
ol { padding-left: 0; list-style: none; } li { margin: 0 0 1.1rem; padding-left: 2rem; position: relative; break-inside: avoid; }
li::before { content: ""; position: absolute; left: 0; top: .2rem; width: 1rem; height: 1rem; border: 2px solid #1f2933; }
pre { background: #f3f5f8; border: 1px solid #d5dae1; padding: .5rem; white-space: pre-wrap; overflow-wrap: anywhere; margin: .3rem 0; }
.where { color: #52606d; } .open { font-style: italic; } p { margin: .2rem 0; }
@media print { body { font-size: 11px; margin: 0; max-width: none; } h2 { break-before: page; } h2:first-of-type { break-before: auto; } pre { background: #fff; } }
`;

function item(step: Step): string {
  const line = (label: string, text: string, kind = "") =>
    text === "" ? "" : `<p${kind === "" ? "" : ` class="${kind}"`}>${label}${escaped(text)}</p>`;
  return [
    "<li>",
    `<strong>${escaped(step.title)}</strong> <span class="where">(${escaped(placeText(step))})</span>`,
    `<pre>${escaped(step.command)}</pre>`,
    line(`Expect, within ${step.waitMinutes} min: `, step.expect),
    line("If not: ", step.otherwise),
    step.repeatable ? "" : "<p>Once only: a second time it does something else.</p>",
    line("Undo: ", step.undo),
    line("Not stated: ", step.open, "open"),
    "</li>",
  ].join("");
}

const section = (title: string, steps: readonly Step[]): string =>
  steps.length === 0 ? "" : `<h3>${title}</h3><ol>${steps.map(item).join("\n")}</ol>`;

function body(runbook: Runbook): string {
  const { name, title, when, decides, before, acts, after } = runbook;
  return [
    `<h2>${escaped(title)}</h2>`,
    `<p><code>${escaped(name)}</code>: ${escaped(when)}.</p>`,
    `<p>It ${escaped(costText(runbook))}.</p>`,
    decides
      ? "<p><strong>Who answers for what is lost, and when they said go on:</strong> ______________________</p>"
      : "",
    section("Before", before),
    section("What to do", acts),
    section("After", after),
  ].join("\n");
}

/** Runbooks as a page. */
export function runbookHtml(title: string, runbooks: readonly Runbook[]): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title><style>${style}</style></head>
<body><h1>${escaped(title)}</h1>
${runbooks.map(body).join("\n")}
</body></html>
`;
}
