import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { regions } from "../../topology/azure/regions";
import { type FaultLists, sorted } from "../arm/faultLists";
import { Faults, faultNames } from "../arm/faults";
import { resourceTypes } from "../arm/resourceTypes";

const write = z.strictObject({
  type: z.enum(["*", ...Object.keys(resourceTypes)]),
  name: z.string().min(1).exactOptional(),
  nth: z.int().min(1).exactOptional(),
  fault: z.enum(faultNames),
  milliseconds: z.int().min(0).exactOptional(),
  status: z.int().min(400).max(599).exactOptional(),
  code: z.string().min(1).exactOptional(),
  message: z.string().min(1).exactOptional(),
});

const read = z.strictObject({
  fault: z.enum(["read-throttled", "read-unanswered"]),
  asked: z.string().min(1),
  times: z.int().min(1).exactOptional(),
  retryAfter: z.int().min(0).exactOptional(),
});

const region = z.enum(regions);
/** A marketplace image as `publisher:offer:sku`. */
const image = z.string().regex(/^[\w.-]+:[\w.-]+:[\w.-]+$/, "must be publisher:offer:sku");

const limits = [
  z.strictObject({
    fault: z.literal("size-restricted"),
    size: z.string().min(1),
    region,
    zones: z.array(z.enum(["1", "2", "3"])).exactOptional(),
  }),
  z.strictObject({
    fault: z.literal("cores-limited"),
    region,
    quota: z.string().min(1),
    limit: z.int().min(0),
  }),
  z.strictObject({ fault: z.literal("provider-not-registered"), provider: z.string().min(1) }),
  z.strictObject({ fault: z.literal("image-missing"), image }),
  z.strictObject({ fault: z.literal("terms-not-accepted"), image }),
  z.strictObject({ fault: z.literal("not-permitted"), action: z.string().min(1) }),
] as const;

/** An entry of a file: of a write, of a question, or of what the subscription may have. */
const entry = z.discriminatedUnion("fault", [write, read, ...limits]);

/** Every name that an entry of a file may have. */
export const entryNames: readonly string[] = entry.options.flatMap(({ shape: { fault } }) =>
  fault instanceof z.ZodEnum ? fault.options : [...fault.values],
);

/** The faults in a file; none where there is no file. Throws an error that lists every problem of it. */
export function readFaults(path: string | undefined): FaultLists {
  if (path === undefined || !existsSync(path)) return sorted([]);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`${path} is not valid JSON: ${(error as Error).message}`);
  }
  const { data, error } = z.array(entry).safeParse(content);
  if (error === undefined) return sorted(data);
  const problems = error.issues.map(
    ({ path: place, message }) => `  ${place.map(String).join(".") || "the file"}: ${message}`,
  );
  throw new Error([`${path} is no list of faults:`, ...problems].join("\n"));
}

const counted = z.object({ faults: z.string(), counts: z.array(z.number()) });

/**
 * The faults in a file, whose writes are counted over all processes that work on a folder with a simulated Azure. Another content of the file
 * is counted anew.
 */
export function countedFaults(path: string | undefined, folder: string): Faults {
  const list = readFaults(path).writes;
  if (list.length === 0) return new Faults();
  const [file, faults] = [countsIn(folder), JSON.stringify(list)];
  const kept = existsSync(file) ? counted.parse(JSON.parse(readFileSync(file, "utf8"))) : undefined;
  const counts = kept?.faults === faults ? kept.counts : list.map(() => 0);
  return new Faults(list, counts, (now) => writeFileSync(file, JSON.stringify({ faults, counts: now })));
}

/** Where a folder with a simulated Azure keeps how many writes there were. */
export function countsIn(folder: string): string {
  return join(folder, "faults.count");
}
