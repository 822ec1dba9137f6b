/* What a policy is. */

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
