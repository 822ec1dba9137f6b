/* What a policy is, and how one reads the resources of a lab. */

/** A resource as a provider receives it. */
export interface PolicyResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly protect: boolean;
}

export interface Violation {
  /** Name of the resource; empty where the lab as a whole is meant. */
  readonly resource: string;
  readonly message: string;
}

export interface Policy {
  readonly id: string;
  /** A mandatory policy stops a deployment, an advisory one warns. */
  readonly severity: "mandatory" | "advisory";
  readonly why: string;
  readonly source: string;
  find(resources: readonly PolicyResource[]): readonly Violation[];
}

export const types = {
  machine: "azure-native:compute:VirtualMachine",
  disk: "azure-native:compute:Disk",
  runCommand: "azure-native:compute:VirtualMachineRunCommandByVirtualMachine",
  schedule: "azure-native:devtestlab:GlobalSchedule",
  group: "azure-native:resources:ResourceGroup",
  nic: "azure-native:network:NetworkInterface",
  securityGroup: "azure-native:network:NetworkSecurityGroup",
  loadBalancer: "azure-native:network:LoadBalancer",
} as const;

/** What stands at a path such as `securityProfile.securityType`. */
export function at(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (inner, key) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined),
      value,
    );
}

export const text = (value: unknown, path: string): string => {
  const found = at(value, path);
  return typeof found === "string" ? found : "";
};

export const list = (value: unknown, path: string): readonly unknown[] => {
  const found = at(value, path);
  return Array.isArray(found) ? found : [];
};

export const rolesOf = ({ inputs }: PolicyResource): readonly string[] =>
  text(inputs, "tags.role").split(",");

/** A statement about each resource of a type that is not as it must be. */
export const each =
  (type: string, wrong: (resource: PolicyResource, all: readonly PolicyResource[]) => string | undefined) =>
  (resources: readonly PolicyResource[]): readonly Violation[] =>
    resources
      .filter((one) => one.type === type)
      .flatMap((one) => {
        const message = wrong(one, resources);
        return message === undefined ? [] : [{ resource: one.name, message }];
      });
