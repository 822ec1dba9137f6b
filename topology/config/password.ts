import { z } from "zod";
import type { Problem } from "./problem";

/*
 * The administrator's password: looked at once, where it comes in, and part of no configuration and no plan from there on. It goes to
 * machines and scripts as a Pulumi secret.
 */

/** The key under which a user keeps it. */
export const passwordKey = "adminPassword";

/** How it is kept: encrypted, or readable in the stack's file. */
type PasswordStorage = "secret" | "plain";

/** What it may be; Azure's rule, and at least 12 characters: https://learn.microsoft.com/azure/virtual-machines/windows/faq */
export const passwordSchema = z
  .string()
  .min(12)
  .max(123)
  .refine((text) => classesIn(text) >= 3)
  .meta({
    description:
      "Password of the administrator. Required, and only as a secret: `pulumi config set --secret adminPassword`.",
    allowed: "12 to 123 characters with three of: lower case, upper case, digits, symbols",
  });

function classesIn(text: string): number {
  return [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/].filter((pattern) => pattern.test(text)).length;
}

/** What is wrong with the password and the way it is kept; its text is left out where it is encrypted and stays so. */
export function checkPassword(storage: PasswordStorage, text?: string): readonly Problem[] {
  const problem = (rule: string, message: string, fix: string): Problem => ({
    rule,
    severity: "error",
    path: passwordKey,
    message,
    fix,
  });
  const set = "Run: pulumi config set --secret adminPassword";
  if (text === "") return [problem("requiredKey", "It is not set.", set)];
  return [
    ...(storage === "plain" ? [problem("passwordIsSecret", "It is stored in plain text.", set)] : []),
    ...(text === undefined || passwordSchema.safeParse(text).success
      ? []
      : [problem("allowedValue", "It is not a valid value.", `Allowed: ${passwordSchema.meta()?.allowed}.`)]),
  ];
}
