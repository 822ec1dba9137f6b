import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { closest } from "../../topology/config/closest";
import type { Problem } from "../../topology/config/problem";
import { isRecord } from "../../topology/config/raw";
import { root, userPath } from "../terminal/paths";
import { UsageError } from "../terminal/usage";
import { project, type StackContent, stackContent } from "./stackContent";
import { readYaml } from "./stackYaml";

const stackFolder = join(root, "stacks");
const fileName = /^Pulumi\.(.+)\.ya?ml$/;

/** A stack's file: what is in it, with every problem of the file itself. */
export interface StackFile extends StackContent {
  readonly stack: string;
}

/** The stacks that come with the lab; a user may have more beside them. */
export const shippedStacks = ["figure-1", "figure-2", "full", "minimal"] as const;

/** Names of the stacks in this checkout, or in another one. */
export function stackNames(checkout = root): readonly string[] {
  return readdirSync(join(checkout, "stacks")).flatMap((file) => fileName.exec(file)?.[1] ?? []);
}

/** Reads the configuration of a stack, or a file given instead. Throws a UsageError where there is none. */
export function readStack(stack: string | undefined, configFile: string | undefined): StackFile {
  if (configFile === undefined) return parseStackFile(stackPath(stack ?? "figure-1"), stack ?? "figure-1");
  const path = userPath(configFile);
  if (!existsSync(path)) throw new UsageError(`There is no file ${configFile}.`);
  if (statSync(path).isDirectory()) throw new UsageError(`${configFile} is a folder, not a stack file.`);
  return parseStackFile(path, stack ?? fileName.exec(basename(path))?.[1] ?? basename(path));
}

/** The file of a stack of this checkout. Throws a UsageError that lists the stacks where there is none. */
export function stackPath(stack: string): string {
  const path = join(stackFolder, `Pulumi.${stack}.yaml`);
  // Pulumi's own rule for names of stacks, which keeps out of other folders.
  if (/^[\w.-]{1,100}$/.test(stack) && existsSync(path)) return path;
  const near = closest(stack, stackNames());
  const hint = near === undefined ? "" : ` Did you mean ${near}?`;
  throw new UsageError(`There is no stack "${stack}".${hint} Stacks here: ${stackNames().join(", ")}.`);
}

function parseStackFile(path: string, stack: string): StackFile {
  const name = basename(path);
  const read = readYaml(bytesOf(path));
  if ("problem" in read) return unreadable(stack, { path: name, message: read.problem, fix: read.fix });
  const { content, octals, documents } = read;
  if (!isRecord(content) || !isRecord(content.config))
    return unreadable(stack, {
      path: name,
      message: isRecord(content) && "config" in content ? "Its config: is empty." : "It has no config:.",
      fix: "Write the keys of the lab below config:, as in stacks/Pulumi.figure-1.yaml.",
    });
  const { problems, ...rest } = stackContent(content);
  return {
    stack,
    ...rest,
    problems: [
      ...problems,
      ...octals.map(({ path: keys, text }) => octal(keys, text)),
      ...(documents > 1 ? [laterDocuments(name)] : []),
    ],
  };
}

/** YAML of Pulumi's kind reads 0700 as 448, which nobody means. */
function octal(keys: readonly string[], text: string): Problem {
  return {
    rule: "plainNumber",
    severity: "warning",
    path: keys.slice(1).join(".").replace(`${project}:`, ""),
    message: `YAML reads ${text} as an octal number, ${Number.parseInt(text, 8)}.`,
    fix: `Write "${text}" in quotes, or without its nought.`,
  };
}

function laterDocuments(path: string): Problem {
  return {
    rule: "oneDocument",
    severity: "warning",
    path,
    message: "It has several YAML documents, and Pulumi reads the first one only.",
    fix: "Keep one.",
  };
}

/** The content of a file. Throws a UsageError where it may not be read. */
export function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    throw new UsageError(
      code === "EACCES" || code === "EPERM"
        ? `${path} cannot be read: you may not.`
        : `${path} cannot be read (${code}).`,
    );
  }
}

function unreadable(stack: string, problem: Pick<Problem, "path" | "message" | "fix">): StackFile {
  return {
    stack,
    raw: {},
    password: "secret",
    problems: [{ rule: "readableFile", severity: "error", ...problem }],
  };
}
