import { expect, it } from "vitest";
import { ids } from "../support/arm";
import { answerTo, type Refused, refused } from "../support/refusals";

const introduction = `# What the simulated Azure refuses

Each line is a request and what Azure Resource Manager answers to it, here and, by Microsoft's pages and public reports, in Azure. A
code in italics was concluded and not read. \`~\` is the resource group. Azure refuses more than this; what it did on a real
subscription is told in [not-yet-run.md](not-yet-run.md).

`;

/** A text in a cell of a table; a character that comes very often in a row stands there three times. */
const cell = (text: string) =>
  text
    .replaceAll(ids.group, "~")
    .replaceAll("|", "\\|")
    .replaceAll(/(.)\1{30,}/g, "$1$1$1…");

function row(one: Refused): string {
  const [, { status, code, codeIs, message }] = answerTo(one);
  return `| ${one.title} | ${status} ${codeIs === "inferred" ? `*${code}*` : code} | ${cell(message)} |\n`;
}

it("docs/refusals.md lists what the simulated Azure refuses", async () => {
  const sections = Object.entries(refused).map(
    ([title, cases]) =>
      `## ${title}\n\n| Request | Code | Message |\n| --- | --- | --- |\n${cases.map(row).join("")}`,
  );
  await expect(introduction + sections.join("\n")).toMatchFileSnapshot("../../docs/refusals.md");
});
