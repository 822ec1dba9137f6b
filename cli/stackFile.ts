import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { LineCounter, parseDocument } from "yaml";
import { closest } from "../topology/closest";
import type { Problem } from "../topology/problem";
import { fromText, type PasswordStorage } from "../topology/rawConfig";
import { UsageError } from "./usage";

/** The checkout that this command belongs to. */
export const root = join(__dirname, "..");
export const project = "persistent-chat-lab";

const stackFolder = join(root, "stacks");
const fileName = /^Pulumi\.(.+)\.ya?ml$/;

/** Keys that Pulumi itself keeps in a stack's file. */
const pulumiKeys = ["config", "environment", "secretsprovider", "encryptedkey", "encryptionsalt"];

export interface StackFile {
  readonly stack: string;
  /** Configuration as written, without the project's namespace and the password. */
  readonly raw: Readonly<Record<string, unknown>>;
  readonly password: PasswordStorage;
  /** The password, where somebody wrote it in plain text. */
  readonly plainPassword?: string;
  /** What is wrong with the file itself. */
  readonly problems: readonly Problem[];
}

/** A path as the user meant it: npm runs scripts in the checkout and says in INIT_CWD where the user was. */
export function userPath(path: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), path);
}

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
  if (existsSync(path)) return path;
  const near = closest(stack, stackNames());
  const hint = near === undefined ? "" : ` Did you mean ${near}?`;
  throw new UsageError(`There is no stack "${stack}".${hint} Stacks here: ${stackNames().join(", ")}.`);
}

function parseStackFile(path: string, stack: string): StackFile {
  const lines = new LineCounter();
  const document = parseDocument(textOf(path), { lineCounter: lines });
  const fix = "Correct the file.";
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0]);
    const message = `It is not valid YAML at line ${line}, column ${col}: ${error.message.split("\n")[0]}`;
    return unreadable(stack, { path: basename(path), message, fix });
  }
  let content: unknown;
  try {
    content = document.toJS();
  } catch (cause) {
    // An alias without an anchor is found only here.
    return unreadable(stack, {
      path: basename(path),
      message: `It is not valid YAML: ${(cause as Error).message}.`,
      fix,
    });
  }
  if (!isRecord(content) || (content.config !== undefined && !isRecord(content.config)))
    return unreadable(stack, {
      path: basename(path),
      message: "It has no configuration.",
      fix: "Write the keys below config:, as in stacks/Pulumi.figure-1.yaml.",
    });
  return withoutNamespace(stack, content);
}

/** The text of a file. Throws a UsageError where it may not be read. */
function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
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

function withoutNamespace(stack: string, content: Record<string, unknown>): StackFile {
  const problems = Object.keys(content)
    .filter((key) => !pulumiKeys.includes(key))
    .map((key) => fileKeyProblem(key, pulumiKeys));
  const raw: Record<string, unknown> = {};
  for (const [key, value] of Object.entries((content.config ?? {}) as Record<string, unknown>)) {
    const [namespace, ...rest] = key.split(":");
    // `pulumi config set` writes every single value as text, and Pulumi hands it to programs as such.
    if (namespace === project && rest.length === 1)
      raw[rest[0] ?? ""] = typeof value === "string" ? fromText(value) : value;
    else if (rest.length === 0 || closest(namespace ?? "", [project]) !== undefined)
      problems.push(fileKeyProblem(key, [`${project}:${rest[0] ?? key}`]));
  }
  const { adminPassword, ...others } = raw;
  const file = { stack, raw: others, problems };
  if (adminPassword === undefined) return { ...file, password: "missing" };
  if (isRecord(adminPassword) && "secure" in adminPassword) return { ...file, password: "secret" };
  return { ...file, password: "plain", plainPassword: String(adminPassword) };
}

function fileKeyProblem(key: string, names: readonly string[]): Problem {
  const near = names.length === 1 ? names[0] : closest(key, names);
  const hint = near === undefined ? `Known keys: ${names.join(", ")}.` : `Did you mean ${near}?`;
  return {
    rule: "knownKey",
    severity: "error",
    path: key,
    message: "Pulumi knows no such key in a stack's file.",
    fix: `Remove it or correct it. ${hint}`,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
