import { randomUUID } from "node:crypto";
import type { ArmError } from "../arm/armError";
import type { Inputs } from "../arm/inputs";

/*
 * What takes longer than a request: https://learn.microsoft.com/azure/azure-resource-manager/management/async-operations. The change
 * itself is done and kept before it is answered; what takes time is only when it is told.
 */

/** How long an operation of some minutes takes: `fast` makes each a millisecond, `real` lets it be one. */
export type Clock = "fast" | "real";

const millisecondsOf = { fast: 1, real: 60_000 } as const;

/** Operations are forgotten an hour after they ended. */
const keptFor = 3_600_000;

export interface Operation {
  readonly id: string;
  /** In lower case. */
  readonly resource: string;
  readonly started: number;
  readonly ends: number;
  /** What a resource is in meanwhile: `Creating`, `Updating`, `Deleting`. */
  readonly meanwhile: string;
  /** Whether its result is the resource, as that of a PUT. */
  readonly givesResource: boolean;
  readonly error?: ArmError;
  /** What it leaves behind besides its state. */
  readonly output?: unknown;
}

/** What is to be told of an operation that begins. */
export type Begun = Pick<Operation, "resource" | "meanwhile" | "output"> & {
  /** How long Azure takes. */
  readonly minutes: number;
  readonly givesResource?: boolean;
  readonly error?: ArmError | undefined;
};

export class Operations {
  private readonly all = new Map<string, Operation>();
  /** The newest of each resource. */
  private readonly current = new Map<string, Operation>();

  constructor(
    private readonly clock: Clock,
    private readonly now: () => number = Date.now,
  ) {}

  begin({ resource, minutes, meanwhile, givesResource = false, error, output }: Begun): Operation {
    this.forget();
    const started = this.now();
    const operation = {
      id: randomUUID(),
      resource: resource.toLowerCase(),
      started,
      ends: started + minutes * millisecondsOf[this.clock],
      meanwhile,
      givesResource,
      ...(error === undefined ? {} : { error }),
      ...(output === undefined ? {} : { output }),
    };
    this.all.set(operation.id, operation);
    this.current.set(operation.resource, operation);
    return operation;
  }

  get(id: string): Operation | undefined {
    return this.all.get(id);
  }

  isOver({ ends }: Operation): boolean {
    return ends <= this.now();
  }

  /** What is under way on a resource. */
  of(resource: string): Operation | undefined {
    const found = this.current.get(resource.toLowerCase());
    return found === undefined || this.isOver(found) ? undefined : found;
  }

  /** When whoever waits is to ask again: in whole seconds, as Azure says it, and more finely, for those who understand that. */
  get patience(): Readonly<Record<string, string>> {
    const milliseconds = this.clock === "fast" ? 20 : 5000;
    return {
      "Retry-After": String(Math.ceil(milliseconds / 1000)),
      "retry-after-ms": String(milliseconds),
    };
  }

  /** What asking for an operation answers. */
  answer(operation: Operation): Inputs {
    const { id, started, ends, error } = operation;
    const isOver = this.isOver(operation);
    return {
      name: id,
      status: !isOver ? "InProgress" : error === undefined ? "Succeeded" : "Failed",
      startTime: new Date(started).toISOString(),
      ...(isOver ? { endTime: new Date(ends).toISOString() } : {}),
      ...(isOver && error !== undefined ? { error: { code: error.code, message: error.message } } : {}),
    };
  }

  private forget(): void {
    const oldest = this.now() - keptFor;
    for (const [id, { ends, resource }] of this.all) {
      if (ends > oldest) return;
      this.all.delete(id);
      if (this.current.get(resource)?.id === id) this.current.delete(resource);
    }
  }
}
