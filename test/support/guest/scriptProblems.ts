import { scripts } from "../../../topology/steps/scripts";
import cmdlets from "../../guest/cmdlets.json";
import procedures from "../../guest/procedures.json";
import { loadedBy, type Script } from "./powershell";

/** What is wrong with a guest script, as far as that can be said without Windows. */

type Table = Readonly<Record<string, { readonly parameters: readonly string[] } | undefined>>;
const knownCmdlets: Table = cmdlets;
const knownProcedures: Table = procedures;

/** Parameters of every cmdlet that the scripts use: https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_commonparameters */
const commonParameters = ["ErrorAction", "WarningAction", "Verbose"];

/** For every script, the shared ones too. `own` are functions that the files which it loads offer. */
export function textProblems(
  { text, errors, doubts, commands, functions }: Script,
  own: readonly string[],
): readonly string[] {
  const callable = new Set([...functions, ...own]);
  const lines = text.split("\n");
  const find = (pattern: RegExp, problem: string) =>
    lines.flatMap((line, index) => (pattern.test(line) ? [`${index + 1}: ${problem}`] : []));
  return [
    ...errors,
    ...doubts,
    ...find(/[^\x20-\x7e]/, "a character outside ASCII, or a tab"),
    ...find(/Invoke-Expression|\biex\b/i, "Invoke-Expression"),
    ...find(
      /^(?!.*(?:\[string\] \$AdminPasswordBase64|-Encoded \$AdminPasswordBase64|::FromBase64String\()).*Base64/,
      "a secret that is not handed to -Encoded",
    ),
    ...commands
      .filter(({ name }) => !callable.has(name))
      .flatMap(({ line, name, parameters }) => {
        const known = knownCmdlets[name];
        if (known === undefined) return [`${line}: ${name} is neither in cmdlets.json nor a function`];
        return parameters
          .filter((one) => !known.parameters.includes(one) && !commonParameters.includes(one))
          .map((one) => `${line}: ${name} has no parameter ${one}`);
      }),
    ...sqlProblems(text),
  ];
}

/** Calls of system procedures with parameters that they do not have. */
function sqlProblems(text: string): readonly string[] {
  const calls = text.matchAll(/\bEXEC(?:UTE)?\s+(?:[\w$]+\.)*(sp_\w+)([^;"]*)/g);
  return [...calls].flatMap(([, name = "", rest = ""]) => {
    const known = knownProcedures[name];
    if (known === undefined) return [`${name} is not in procedures.json`];
    return [...rest.matchAll(/(?:^|,)\s*@(\w+)\s*=/g)]
      .map(([, parameter = ""]) => parameter)
      .filter((parameter) => !known.parameters.includes(parameter))
      .map((parameter) => `${name} has no parameter @${parameter}`);
  });
}

/** For the scripts of steps. */
export function scriptProblems(name: string, script: Script, own: readonly string[]): readonly string[] {
  const { text, parameters } = script;
  const contract = scripts[name as keyof typeof scripts] as
    | { readonly parameters: readonly string[]; readonly secrets: Readonly<Record<string, string>> }
    | undefined;
  const passed = [...(contract?.parameters ?? []), ...Object.keys(contract?.secrets ?? {})];
  const declared = parameters.map((parameter) => parameter.name);
  const help =
    /^<#\n\.SYNOPSIS\n {4}\S.*?\n\.DESCRIPTION\n {4}\S.*?\n\.NOTES\n.*?https:\/\/.*?Not yet run on Windows\.\n#>\n/s;
  const restart = text.indexOf("Restart-AfterStep");
  const afterRestart = text.slice(restart).split("\n").slice(1);
  const last = text.trimEnd().split("\n").at(-1) ?? "";
  const problem = (wrong: boolean, message: string) => (wrong ? [message] : []);
  return [
    ...textProblems(script, own),
    ...problem(contract === undefined, "topology/steps/scripts.ts does not know it"),
    ...passed
      .filter((one) => !declared.includes(one))
      .map((one) => `the plan passes ${one}, which param() lacks`),
    ...declared
      .filter((one) => !passed.includes(one))
      .map((one) => `param() has ${one}, which the plan does not pass`),
    ...parameters
      .filter(({ type, mandatory, validated }) => type !== "string" || !mandatory || !validated)
      .map((one) => `parameter ${one.name} is not a mandatory, validated string`),
    ...problem(
      !help.test(text),
      "no help with synopsis, description, notes with a source, and what has not run",
    ),
    ...problem(loadedBy(text)[0] !== "shared/Prologue.ps1", "it does not load the prologue first"),
    ...problem(
      last !== `Complete-Step -Script '${name.replace(/\.ps1$/, "")}'`,
      "its last line is not Complete-Step with its own name",
    ),
    ...problem(
      restart >= 0 && afterRestart.some((line) => !/^\s*\}?$|^Complete-Step /.test(line)),
      "something comes after the restart",
    ),
  ];
}
