import type { ArmError } from "../armError";
import type { Inputs } from "../inputs";
import type { Limits } from "../limits";
import type { StoredResource } from "../resource";

/** What rules may look at. */
export interface Request {
  readonly id: string;
  readonly token: string;
  readonly inputs: Inputs;
  /** The resource as it stands, when this is a change. */
  readonly existing: StoredResource | undefined;
  readonly find: (id: string) => StoredResource | undefined;
  readonly all: (token: string) => readonly StoredResource[];
  readonly cores: Readonly<Record<string, number>>;
  readonly limits: Limits;
}

/** A reason to refuse a request, or nothing. */
export type ArmRule = (request: Request) => ArmError | undefined;

/** Rules by name, asked in this order: the first that refuses gives the answer. */
export type ArmRules = Readonly<Record<string, ArmRule>>;

/** A rule for resources of one type. */
export function ofType(token: string, rule: ArmRule): ArmRule {
  return (request) => (request.token === token ? rule(request) : undefined);
}

/** What the first of some rules that refuses a request answers. */
export function refusalBy(rules: ArmRules, request: Request): ArmError | undefined {
  for (const rule of Object.values(rules)) {
    const error = rule(request);
    if (error !== undefined) return error;
  }
  return undefined;
}
