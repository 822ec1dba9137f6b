import { ArmError } from "../arm/armError";
import type { Inputs } from "../arm/inputs";

/** What a request is. */
export interface ArmRequest {
  readonly method: string;
  /** Without host, decoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** What was sent as JSON; undefined where nothing was. */
  readonly body: unknown;
  /** Where the server is reached, such as `https://localhost:4433`. */
  readonly origin: string;
}

export interface ArmAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export const ok = (body: unknown): ArmAnswer => ({ status: 200, body });

/** A list as ARM pages it; here always on one page. */
export const listed = (value: readonly unknown[]): ArmAnswer => ok({ value });

/** ARM's body of an error: https://learn.microsoft.com/azure/azure-resource-manager/management/common-errors */
export const errorBody = ({
  code,
  message,
  details = [],
}: Pick<ArmError, "code" | "message"> & Partial<Pick<ArmError, "details">>): Inputs => ({
  error: { code, message, ...(details.length === 0 ? {} : { details }) },
});

/** A refusal as ARM answers it. */
export const refusal = (error: ArmError): ArmAnswer => ({ status: error.status, body: errorBody(error) });

export const resourceNotFound = (armType: string, name: string, group: string): ArmError =>
  new ArmError(
    404,
    "ResourceNotFound",
    `The Resource '${armType}/${name}' under resource group '${group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );

export const groupNotFound = (group: string): ArmError =>
  new ArmError(404, "ResourceGroupNotFound", `Resource group '${group}' could not be found.`);

export const methodNotAllowed = (method: string, path: string): ArmError =>
  new ArmError(405, "MethodNotAllowed", `The request ${method} ${path} is not supported.`, "inferred");
