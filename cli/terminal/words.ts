import { z } from "zod";

/* Words in which the shapes of `--json` are written: a type, and what the field means. */

export const text = (description: string) => z.string().describe(description);
export const number = (description: string) => z.number().describe(description);
export const truth = (description: string) => z.boolean().describe(description);
export const list = <T extends z.ZodType>(items: T, description: string) =>
  z.array(items).describe(description);

export const urn = text("Pulumi's name of the resource.");
