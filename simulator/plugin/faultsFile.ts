import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { type Fault, faultNames } from "../arm/faults";
import { resourceTypes } from "../arm/resourceTypes";

const fault = z
  .strictObject({
    type: z.enum(["*", ...Object.keys(resourceTypes)]),
    nth: z.int().min(1),
    fault: z.enum(faultNames),
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
