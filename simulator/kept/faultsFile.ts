import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type Fault, Faults, faultNames } from "../arm/faults";
import { resourceTypes } from "../arm/resourceTypes";

const fault = z
  .strictObject({
    type: z.enum(["*", ...Object.keys(resourceTypes)]),
    name: z.string().min(1).exactOptional(),
    nth: z.int().min(1).exactOptional(),
    fault: z.enum(faultNames),
    milliseconds: z.int().min(0).exactOptional(),
    status: z.int().min(400).max(599).exactOptional(),
    code: z.string().min(1).exactOptional(),
    message: z.string().min(1).exactOptional(),
  })
  .readonly();

/** The faults in a file; none where there is no file. Throws an error that lists every problem of it. */
export function readFaults(path: string | undefined): readonly Fault[] {
  if (path === undefined || !existsSync(path)) return [];
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Error(`${path} is not valid JSON: ${(error as Error).message}`);
  }
  const { data, error } = z.array(fault).safeParse(content);
  if (error === undefined) return data;
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
  const list = readFaults(path);
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
