import { type LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { setAllConfig } from "@pulumi/pulumi/runtime/config";
import { disconnect, setMockOptions } from "@pulumi/pulumi/runtime/settings";
import { runInPulumiStack } from "@pulumi/pulumi/runtime/stack";
import * as state from "@pulumi/pulumi/runtime/state";
import type { Cloud } from "../arm/cloud";
import type { Writes } from "../arm/writes";
import { RecordingMonitor } from "./monitor";
import type { Refusal, RegisteredResource } from "./registered";
import { withoutTraces } from "./withoutTraces";

export interface ProgramOptions {
  /** Absolute path of the program's entry, a CommonJS module that exports an async function. */
  readonly entry: string;
  readonly project: string;
  readonly stack: string;
  /** Configuration as Pulumi hands it over: `project:key` -> text. */
  readonly config: Readonly<Record<string, string>>;
  /** Keys of the configuration that are secret. */
  readonly secretKeys: readonly string[];
  readonly cloud: Cloud;
  /** What goes wrong on the way to it; nothing where it is left out. */
  readonly writes?: Writes;
  readonly onRegister?: (resource: RegisteredResource, count: number) => void;
}

export interface ProgramRun {
  /** In the order in which they were registered: the stack, components and cloud resources. */
  readonly resources: readonly RegisteredResource[];
  readonly outputs: unknown;
  readonly refusals: readonly Refusal[];
  /** What the program told its user: messages of any severity but debug. */
  readonly messages: readonly string[];
}

/** Missing from the SDK's typings: a Pulumi store of one's own, so that several programs can run in one process. */
const { withLocalStorage, getStore } = state as unknown as {
  withLocalStorage<T>(run: () => Promise<T>): Promise<T>;
  getStore(): { settings: { engine?: unknown } } & Record<string, unknown>;
};

/** What the engine would offer to the program, as `setMocks` of the SDK has it. */
const features = {
  supportsSecrets: true,
  supportsResourceReferences: true,
  supportsOutputValues: false,
  supportsDeletedWith: true,
  supportsReplaceWith: true,
  supportsAliasSpecs: true,
  supportsTransforms: false,
  supportsParameterization: true,
  supportsResourceHooks: true,
  supportsErrorHooks: true,
};

/**
 * Runs a Pulumi program in this process, as the engine would, against the simulated Azure. Rejects with whatever the program throws.
 */
export async function runProgram(options: ProgramOptions): Promise<ProgramRun> {
  const { entry, project, stack, cloud, onRegister = () => {} } = options;
  const program = await load(entry);
  const run = async (): Promise<ProgramRun> => {
    const monitor = new RecordingMonitor(project, stack, cloud, onRegister, options.writes);
    setMockOptions(monitor, project, stack, false, "organization");
    Object.assign(getStore(), features);
    const messages: string[] = [];
    getStore().settings.engine = engine(messages);
    setAllConfig({ ...options.config }, [...options.secretKeys]);
    // The SDK turns an error inside the stack into several unhandled rejections, so it is kept out of the stack.
    let failure: { readonly error: unknown } | undefined;
    const outputs: unknown = await runInPulumiStack(async () => {
      try {
        return await program();
      } catch (error) {
        failure = { error };
        return {};
      }
    });
    await disconnect();
    if (failure !== undefined) throw failure.error;
    return { resources: monitor.registered, outputs, refusals: monitor.refusals, messages };
  };
  return withoutTraces(() => withLocalStorage(run));
}

/** The engine's side channel. Without one the SDK prints what a program logs. */
function engine(messages: string[]) {
  const done = (_request: unknown, callback: (error: null, response: object) => void) => callback(null, {});
  return {
    log: (request: LogRequest, callback: (error: null, response: object) => void) => {
      if (request.getSeverity() !== LogSeverity.DEBUG) messages.push(request.getMessage());
      callback(null, {});
    },
    setRootResource: done,
    getRootResource: done,
    close: () => {},
  };
}

async function load(entry: string): Promise<() => Promise<Record<string, unknown>>> {
  const loaded: unknown = await import(entry);
  const program = [loaded, defaultOf(loaded), defaultOf(defaultOf(loaded))].find(
    (one) => typeof one === "function",
  );
  if (program === undefined) throw new Error(`Cannot run ${entry}: it exports no function`);
  return program as () => Promise<Record<string, unknown>>;
}

function defaultOf(module: unknown): unknown {
  return typeof module === "object" && module !== null ? Reflect.get(module, "default") : undefined;
}
