import type {
  RegisterResourceOutputsRequest,
  RegisterResourceRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import { RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { ArmError } from "../arm/armError";
import type { Cloud } from "../arm/cloud";
import { computedOutputs } from "../arm/computed";
import type { Inputs } from "../arm/inputs";
import { Writes } from "../arm/writes";
import { type Alias, formerUrns } from "./aliases";
import type { Refusal, RegisteredResource } from "./registered";
import { withoutSecrets } from "./secrets";
import { urnOf } from "./urns";

type Callback<T> = (error: Error | null, response: T | undefined) => void;

function propertyDependencies(request: RegisterResourceRequest): Readonly<Record<string, readonly string[]>> {
  const entries = [...request.getPropertydependenciesMap().entries()] as [
    string,
    { getUrnsList(): string[] },
  ][];
  return Object.fromEntries(
    entries
      .map(([property, dependencies]) => [property, dependencies.getUrnsList()] as const)
      .filter(([, urns]) => urns.length > 0),
  );
}

function aliasesOf(request: RegisterResourceRequest): readonly Alias[] {
  const texts = request.getAliasurnsList().map((urn) => ({ urn }));
  const specs = request.getAliasesList().map((alias) => {
    const spec = alias.getSpec();
    if (spec === undefined) return { urn: alias.getUrn() };
    return {
      name: spec.getName(),
      type: spec.getType(),
      stack: spec.getStack(),
      project: spec.getProject(),
      parent: spec.getParenturn(),
      noParent: spec.getNoparent(),
    };
  });
  return [...texts, ...specs];
}

/**
 * Stands in for the engine: gives every resource that a program registers to the simulated Azure and keeps a record of it. A refusal
 * does not stop the program; what depends on a refused resource is not tried, so that one cause is told once.
 */
export class RecordingMonitor extends MockMonitor {
  readonly registered: RegisteredResource[] = [];
  readonly refusals: Refusal[] = [];
  private readonly seen = new Set<string>();
  private readonly notReached = new Set<string>();

  constructor(
    private readonly project: string,
    private readonly stack: string,
    private readonly cloud: Cloud,
    private readonly onRegister: (resource: RegisteredResource, count: number) => void,
    private readonly writes = new Writes(),
  ) {
    super({
      call: ({ token }) => {
        throw new Error(`The simulated Azure answers no calls, and the program made one: ${token}`);
      },
      newResource: ({ type }) => {
        throw new Error(`The simulated Azure reads no resources, and the program wanted to read a ${type}`);
      },
    });
  }

  override async registerResource(
    request: RegisterResourceRequest,
    callback: Callback<RegisterResourceResponse>,
  ) {
    try {
      callback(null, this.register(request));
    } catch (error) {
      callback(error instanceof Error ? error : new Error(String(error)), undefined);
    }
  }

  override registerResourceOutputs(_: RegisterResourceOutputsRequest, callback: Callback<object>): void {
    callback(null, {});
  }

  private register(request: RegisterResourceRequest): RegisterResourceResponse {
    const [type, name, parent] = [request.getType(), request.getName(), request.getParent()];
    const urn = urnOf(this.stack, this.project, parent, type, name);
    const sent = (request.getObject()?.toJavaScript() ?? {}) as Inputs;
    const { shown, plain, secrets } = withoutSecrets(sent);
    const resource: RegisteredResource = {
      urn,
      type,
      name,
      parent,
      custom: request.getCustom(),
      inputs: shown,
      dependsOn: [...new Set(request.getDependenciesList())].sort(),
      protect: request.getProtect() ?? false,
      deleteBeforeReplace: request.getDeletebeforereplace() ?? false,
      replaceOnChanges: request.getReplaceonchangesList(),
      ignoreChanges: request.getIgnorechangesList(),
      aliases: formerUrns(
        urn,
        aliasesOf(request),
        this.registered.find((one) => one.urn === parent),
      ),
      deletedWith: request.getDeletedwith(),
      propertyDependencies: propertyDependencies(request),
      replaceWith: request.getReplaceWithList(),
      ...(request.hasReplacementTrigger()
        ? { replacementTrigger: request.getReplacementTrigger()?.toJavaScript() }
        : {}),
      secrets,
    };
    const response = new RegisterResourceResponse();
    response.setUrn(urn);
    if (this.seen.has(urn)) {
      // An error in the answer would reach the program as several unhandled rejections.
      const message = "Two resources have this type, parent and name. The engine refuses the second one.";
      this.refusals.push({ urn, code: "DuplicateUrn", message });
      return response;
    }
    this.seen.add(urn);
    this.registered.push(resource);
    this.onRegister(resource, this.registered.length);
    if (resource.custom) {
      const id = this.create(resource, plain);
      response.setId(id);
      response.setObject(Struct.fromJavaScript({ ...sent, ...computedOutputs(type, id, plain) } as never));
    } else response.setObject(request.getObject());
    return response;
  }

  private create({ urn, type, parent, dependsOn }: RegisteredResource, inputs: Inputs): string {
    const id = this.cloud.idOf(type, inputs);
    const blocked = [parent, ...dependsOn].some((before) => this.notReached.has(before));
    try {
      if (blocked) this.notReached.add(urn);
      else this.writes.runNow(type, id, () => this.cloud.put(type, inputs));
    } catch (error) {
      if (!(error instanceof ArmError)) throw error;
      this.notReached.add(urn);
      this.refusals.push({ urn, status: error.status, code: error.code, message: error.message });
    }
    return id;
  }
}
