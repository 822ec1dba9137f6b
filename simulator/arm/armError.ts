export type CodeSource = "reported" | "inferred";

/** What Azure Resource Manager answers when it refuses a request. */
export class ArmError extends Error {
  /** ARM's error code, such as `ResourceGroupNotFound`. */
  readonly code: string;
  /** HTTP status. */
  readonly status: number;
  /** What ARM says in detail, where it does. */
  readonly details: readonly { readonly code: string; readonly message: string }[];
  /** Whether a page or a report says that ARM uses this code for this refusal, or it was concluded. */
  readonly codeIs: CodeSource;

  constructor(
    status: number,
    code: string,
    message: string,
    codeIs: CodeSource = "reported",
    details: ArmError["details"] = [],
  ) {
    super(message);
    this.details = details;
    this.codeIs = codeIs;
    this.name = "ArmError";
    this.status = status;
    this.code = code;
  }
}

/** A refusal as azure-native shows it; without a status where the answer did not come from Azure. */
export function refusalText({
  status,
  code,
  message,
}: Pick<ArmError, "code" | "message"> & { readonly status?: number }): string {
  return `${status === undefined ? "" : `Status=${status} `}Code="${code}" Message="${message}"`;
}

export function badRequest(code: string, message: string, codeIs?: CodeSource): ArmError {
  return new ArmError(400, code, message, codeIs);
}

export function notFound(code: string, message: string, codeIs?: CodeSource): ArmError {
  return new ArmError(404, code, message, codeIs);
}

export function conflict(code: string, message: string, codeIs?: CodeSource): ArmError {
  return new ArmError(409, code, message, codeIs);
}
