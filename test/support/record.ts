import { setAllConfig } from "@pulumi/pulumi/runtime/config";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import { disconnect, setMockOptions } from "@pulumi/pulumi/runtime/settings";
import { registerStackTransformation, runInPulumiStack } from "@pulumi/pulumi/runtime/stack";
import * as state from "@pulumi/pulumi/runtime/state";
import { withoutTypeAliases } from "../../components/typeAliases";
import { nameOf } from "../../simulator/engine/urns";
import { withoutTraces } from "../../simulator/engine/withoutTraces";

/** What a test may ask about a registered resource. */
export interface Recorded {
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  readonly inputs: Record<string, unknown>;
  readonly dependencies: readonly string[];
  readonly protect: boolean;
  readonly deleteBeforeReplace: boolean;
  readonly replaceOnChanges: readonly string[];
  readonly ignoreChanges: readonly string[];
  readonly deletedWith: string;
  readonly replaceWith: readonly string[];
  readonly replacementTrigger: unknown;
  readonly timeouts: unknown;
  readonly secretOutputs: readonly string[];
}

/** The part of the SDK's request message that is read here; the SDK does not type it. */
interface Request {
  getType(): string;
  getName(): string;
  getParent(): string;
  getObject(): { toJavaScript(): Record<string, unknown> };
  getDependenciesList(): string[];
  getProtect(): boolean;
  getDeletebeforereplace(): boolean;
  getReplaceonchangesList(): string[];
  getIgnorechangesList(): string[];
  getDeletedwith(): string;
  getReplaceWithList(): string[];
  getReplacementTrigger(): { toJavaScript(): unknown } | undefined;
  getCustomtimeouts(): { toObject(): unknown } | undefined;
  getAdditionalsecretoutputsList(): string[];
}

class Recorder extends MockMonitor {
  readonly log: Recorded[] = [];

  override async registerResource(request: Request, callback: (error: unknown, response: unknown) => void) {
    this.log.push({
      type: request.getType(),
      name: request.getName(),
      parent: nameOf(request.getParent()),
      inputs: request.getObject().toJavaScript(),
      dependencies: request.getDependenciesList().map(nameOf),
      protect: request.getProtect(),
      deleteBeforeReplace: request.getDeletebeforereplace(),
      replaceOnChanges: request.getReplaceonchangesList(),
      ignoreChanges: request.getIgnorechangesList(),
      deletedWith: nameOf(request.getDeletedwith()),
      replaceWith: request.getReplaceWithList().map(nameOf),
      replacementTrigger: request.getReplacementTrigger()?.toJavaScript(),
      timeouts: request.getCustomtimeouts()?.toObject(),
      secretOutputs: request.getAdditionalsecretoutputsList(),
    });
    return super.registerResource(request, callback);
  }
}

/** Missing from the SDK's typings: a Pulumi store of one's own, so that programs neither see nor disturb each other. */
const { withLocalStorage } = state as unknown as { withLocalStorage<T>(run: () => Promise<T>): Promise<T> };

/**
 * Everything that some components register, in order, under Pulumi's mocks. As in a first preview, ids are unknown when `preview` is
 * set; whatever a component created inside an `apply` is then missing.
 */
export function record(build: () => unknown, preview = false): Promise<readonly Recorded[]> {
  // Under vitest, which maps each trace to its source, traces would take most of the time.
  return withoutTraces(() =>
    withLocalStorage(async () => {
      const monitor = new Recorder({
        call: ({ inputs }) => inputs,
        newResource: ({ name, inputs }) => ({
          id: preview ? undefined : `${name}-id`,
          state: preview ? inputs : { name, ...inputs },
        }),
      });
      setMockOptions(monitor, "lab", "dev", preview, "organization");
      setAllConfig({}, []);
      await runInPulumiStack(async () => {
        // As in the lab: without it, a test takes three times as long.
        registerStackTransformation(withoutTypeAliases);
        build();
      });
      await disconnect();
      return monitor.log;
    }),
  );
}

/** The one resource of a name; throws where there is none or several. */
export function only(resources: readonly Recorded[], name: string): Recorded {
  const found = resources.filter((resource) => resource.name === name);
  const [first] = found;
  if (first === undefined || found.length > 1)
    throw new Error(`${found.length} resources are called ${name}`);
  return first;
}
