const widest = 120;

/** JSON for people who review it: what fits on a line stands on one line, everything else is broken up. */
export function layout(value: unknown, indent = "", used = indent.length): string {
  const line = JSON.stringify(value);
  if (typeof value !== "object" || value === null || used + line.length <= widest) return line;
  const deeper = `${indent}  `;
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  const parts = Array.isArray(value)
    ? value.map((item) => `${deeper}${layout(item, deeper)}`)
    : Object.entries(value)
        .filter(([, inner]) => inner !== undefined)
        .map(
          ([key, inner]) =>
            `${deeper}${JSON.stringify(key)}: ${layout(inner, deeper, deeper.length + key.length + 4)}`,
        );
  return `${open}\n${parts.join(",\n")}\n${indent}${close}`;
}
