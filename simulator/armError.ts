/** What Azure Resource Manager answers when it refuses a request. */
export class ArmError extends Error {
  /** ARM's error code, such as `ResourceGroupNotFound`. */
  readonly code: string;
  /** HTTP status. */
  readonly status: number;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = "ArmError";
    this.status = status;
    this.code = code;
  }
}

export function badRequest(code: string, message: string): ArmError {
  return new ArmError(400, code, message);
}

export function notFound(code: string, message: string): ArmError {
  return new ArmError(404, code, message);
}

export function conflict(code: string, message: string): ArmError {
  return new ArmError(409, code, message);
}
