import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { delimiter, join } from "node:path";
import { stringify } from "yaml";
import { simulatedSubscription } from "../../simulator/arm/ids";
import { isRecord } from "../../topology/config/raw";
import { azOn } from "../azure/az";
import { cloudIn } from "../azure/serving";
import { stackNames, stackPath } from "../stack/stackFile";
import { readYaml } from "../stack/stackYaml";
import { root, twinFolder } from "../terminal/paths";
import { shellWord } from "../terminal/shellWord";
import { err } from "../terminal/terminal";
import { UsageError } from "../terminal/usage";
import { faultsPath } from "./faults";
import { hasPulumi, type PulumiPlace, pulumi, pulumiShown } from "./pulumi";

/*
 * The real Pulumi CLI and engine on the simulated Azure: a project that shares this checkout's program, with a backend, a passphrase and
 * a cloud of its own in one folder, which may be thrown away at any time.
 */

/** What the program needs of this checkout. Its own stack files get the secrets of the twin, so they are copies. */
const shared = [
  "index.ts",
  "package.json",
  "tsconfig.json",
  "tsconfig.pulumi.json",
  "topology",
  "components",
  "policy",
  "guest",
  "loader",
  "node_modules",
];

export interface Twin extends PulumiPlace {
  /** Folder with the resources of the simulated Azure. */
  readonly cloud: string;
}

/** Makes the folder, or brings an earlier one up to date with this checkout. */
export function prepareTwin(folder: string): Twin {
  const paths = {
    project: join(folder, "project"),
    stacks: join(folder, "project", "stacks"),
    bin: join(folder, "bin"),
    backend: join(folder, "backend"),
    cloud: cloudIn(folder),
    home: join(folder, "home"),
  };
  for (const path of Object.values(paths)) mkdirSync(path, { recursive: true });
  for (const name of shared) {
    rmSync(join(paths.project, name), { force: true });
    symlinkSync(join(root, name), join(paths.project, name));
  }
  copyFileSync(join(root, "Pulumi.yaml"), join(paths.project, "Pulumi.yaml"));
  for (const stack of stackNames()) refreshStack(paths.stacks, stack);
  writeProgram(paths.bin, "pulumi-resource-azure-native", join(root, "simulator", "plugin", "main.ts"));
  // A CLI that was built from its Go module brings no language host.
  if (spawnSync("pulumi-language-nodejs", ["-h"], { stdio: "ignore" }).error !== undefined)
    writeProgram(paths.bin, "pulumi-language-nodejs", join(root, "cli", "pulumi", "languageHost.ts"));
  return {
    project: paths.project,
    cloud: paths.cloud,
    env: {
      PATH: `${paths.bin}${delimiter}${process.env.PATH ?? ""}`,
      PULUMI_HOME: paths.home,
      // Files with metadata beside the state are not written all or nothing: a Pulumi killed meanwhile leaves one that nobody can read.
      PULUMI_BACKEND_URL: `file://${paths.backend}?metadata=skip`,
      PULUMI_CONFIG_PASSPHRASE: "twin",
      PULUMI_SKIP_UPDATE_CHECK: "1",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      ARM_SUBSCRIPTION_ID: simulatedSubscription,
      LAB_CLOUD: paths.cloud,
    },
  };
}

/** Text that Pulumi reads as what it is: its reader takes plain dates and the like for something else than ours does. */
export const stackText = (content: object): string =>
  stringify(content, { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN" });

/** Brings the twin's copy of a stack file up to date, unless the checkout's file is unchanged, so that `pulumi config set` on the twin lasts. */
function refreshStack(folder: string, stack: string): void {
  const path = join(folder, `Pulumi.${stack}.yaml`);
  const source = `${path}.source`;
  const text = readFileSync(join(root, "stacks", `Pulumi.${stack}.yaml`), "utf8");
  if (existsSync(path) && existsSync(source) && readFileSync(source, "utf8") === text) return;
  writeFileSync(source, text);
  writeFileSync(path, stackOfTwin(text, existsSync(path) ? readFileSync(path, "utf8") : "{}"));
}

/**
 * A stack file for the twin: the checkout's without its encryption and its secrets, which only its owner can read, with those that Pulumi
 * wrote into the twin's before.
 */
export function stackOfTwin(checkout: string, before: string): string {
  const { config: ofCheckout = {} } = contentOf(checkout);
  const { encryptionsalt, config: ofTwin = {} } = contentOf(before);
  const secret = (wanted: boolean) => (entry: readonly [string, unknown]) => isSecret(entry[1]) === wanted;
  return stackText({
    ...(encryptionsalt === undefined ? {} : { encryptionsalt }),
    config: {
      ...Object.fromEntries(Object.entries(ofCheckout).filter(secret(false))),
      ...Object.fromEntries(Object.entries(ofTwin).filter(secret(true))),
    },
  });
}

/** What Pulumi would read; of a file that it cannot read, nothing, so that Pulumi itself says what is wrong with the checkout's. */
function contentOf(text: string): TwinStack {
  const read = readYaml(Buffer.from(text));
  return "content" in read && isRecord(read.content) ? (read.content as TwinStack) : {};
}

interface TwinStack {
  readonly encryptionsalt?: string;
  readonly config?: Readonly<Record<string, unknown>>;
}

/** A value that Pulumi encrypted, or one with such a value inside. */
function isSecret(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return "secure" in value || Object.values(value).some(isSecret);
}

function writeProgram(folder: string, name: string, file: string): void {
  const path = join(folder, name);
  const words = [process.execPath, "-r", join(root, "loader", "register.cjs"), file].map(shellWord).join(" ");
  writeFileSync(path, `#!/bin/sh\nexec ${words} "$@"\n`);
  chmodSync(path, 0o755);
}

/** Runs a Pulumi or Azure CLI command on the twin of this checkout; its exit code is the command's. */
export async function twin(words: readonly string[]): Promise<number> {
  const [faults, rest] = words[0] === "--faults" ? [words[1] ?? "", words.slice(2)] : [undefined, words];
  const [program, ...args] = rest[0] === "--" ? rest.slice(1) : rest;
  if (program === "az") return azOn(twinFolder, args);
  if (program !== "pulumi")
    throw new UsageError(
      "Say which command to run: npm run lab -- twin -- pulumi up --stack minimal, or npm run lab -- twin -- az vm list.",
    );
  if (process.platform === "win32")
    throw new UsageError("The twin runs on Linux and macOS, Windows Subsystem for Linux included.");
  const LAB_FAULTS = faults === undefined ? "" : faultsPath(faults);
  if (!hasPulumi())
    throw new UsageError("The Pulumi CLI is not on PATH. How to get it: https://www.pulumi.com/docs/install");
  const prepared = prepareTwin(twinFolder);
  const { stack, words: asked } = aboutAStack(args);
  if (stack !== undefined) initStack(prepared, stack);
  err.say(`Pulumi runs against a simulated Azure in ${prepared.project}: no account, nothing is created.\n`);
  const { project, env } = prepared;
  const code = pulumiShown({ project, env: { ...env, LAB_FAULTS } }, ...asked);
  if (code !== 0 && args[0] === "destroy" && stack !== undefined)
    err.say(
      `If protected resources stand in the way: set protectData: false in the file of ${stack} in stacks/, deploy that (pulumi up), and destroy then.\n`,
    );
  return code;
}

/** Commands that work on a stack. */
const ofAStack = ["preview", "up", "refresh", "destroy", "config", "cancel"];

/** The stack that a Pulumi command is about, figure-1 where it needs one and names none, and the words that name it. */
export function aboutAStack(args: readonly string[]): {
  readonly stack: string | undefined;
  readonly words: readonly string[];
} {
  const place = args.findIndex((word) => word === "--stack" || word === "-s");
  const named =
    place < 0 ? args.find((word) => word.startsWith("--stack="))?.slice("--stack=".length) : args[place + 1];
  if (named !== undefined || !ofAStack.includes(args[0] ?? "")) return { stack: named, words: args };
  return { stack: "figure-1", words: [...args, "--stack", "figure-1"] };
}

/** Creates a stack of the twin, with a password that nobody needs to know, unless it is there. */
export function initStack(twin: Twin, stack: string): void {
  // A stack of the twin may have been renamed; only what is not there needs a file of the checkout.
  if (pulumi(twin, "stack", "select", stack).status === 0) return;
  stackPath(stack);
  for (const args of [
    ["stack", "init", stack],
    [
      "config",
      "set",
      "--stack",
      stack,
      "--secret",
      "adminPassword",
      `Twin-1-${randomBytes(12).toString("hex")}`,
    ],
  ]) {
    const { status, stderr } = pulumi(twin, ...args);
    if (status !== 0) throw new UsageError(`pulumi ${args.slice(0, 3).join(" ")} failed: ${stderr.trim()}`);
  }
}
