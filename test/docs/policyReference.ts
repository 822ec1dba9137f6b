import { policies } from "../../policy/policies";
import type { Policy } from "../../policy/policy";

const head = `# Policies

What must hold for the resources of a lab, whoever's program made them. The rules of a stack file (\`npm run lab -- check\`) say what a
lab may be; these look at what comes out, so that an edit of the code shows too. The table is written by \`npm run golden\`.

They are asked in four places:

- \`npm run lab -- preview\` tells what the resources of a stack break, and fails on a mandatory one.
- \`npm run lab -- preview --base <commit>\` tells what a change breaks, and \`--fail-on policy\` fails on a mandatory one.
- \`pulumi preview --policy-pack policy\` and \`pulumi up --policy-pack policy\` ask them as a policy pack, without Pulumi Cloud. They are
  told together, once the last resource is known: of a preview that is before anything is made, so do not skip it.
- \`pulumi stack export > state.json\` and \`pulumi policy analyze --file state.json --policy-pack policy\` ask them of what stands.

\`npm run lab -- twin -- pulumi preview --policy-pack policy\` shows it without an account. A mandatory policy stops a deployment, an advisory one
warns.
`;

const row = ({ id, severity, why, source }: Policy) => `| ${id} | ${severity} | ${why} [source](${source}) |`;

/** The reference of all policies as Markdown. */
export function policyReference(): string {
  return [
    head,
    "| policy | severity | why |",
    "| --- | --- | --- |",
    ...[...policies].sort((one, other) => one.id.localeCompare(other.id)).map(row),
    "",
  ].join("\n");
}
