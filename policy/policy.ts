/* What a policy is, and how one reads the resources of a lab. */

import { text } from "../simulator/arm/inputs";
import { tokens } from "../simulator/arm/resourceTypes";

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

export const rolesOf = ({ inputs }: PolicyResource): readonly string[] =>
  text(inputs, "tags.role").split(",");

/** Whether a machine has a database on it, not only a vote about one. */
export const servesDatabases = (resource: PolicyResource): boolean =>
  resource.type === tokens.machine && rolesOf(resource).some((role) => /^mgc\w*-(?!.*witness)/.test(role));

/** Whether replacing a machine loses a directory, a database or files. */
export const holdsData = (resource: PolicyResource): boolean =>
  servesDatabases(resource) ||
  (resource.type === tokens.machine &&
    rolesOf(resource).some((role) => ["domain-controller", "file-server", "back-end"].includes(role)));

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
