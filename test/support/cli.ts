import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished, vi } from "vitest";
import { main } from "../../cli/main";
import type { CommandResult } from "./processes";

/** Does what `npm run lab -- ...` does, in this process. */
export async function lab(...args: readonly string[]): Promise<CommandResult> {
  const [stdout, stderr] = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, "write").mockReturnValue(true),
  );
  const written = (stream: typeof stdout) => stream?.mock.calls.map(([text]) => String(text)).join("") ?? "";
  try {
    const code = await main(args);
    return { code, stdout: written(stdout), stderr: written(stderr) };
  } finally {
    for (const stream of [stdout, stderr]) stream?.mockRestore();
  }
}

/** A stack file in a folder of its own, which goes when the test is over; gives its path. */
export function stackFile(text: string, name = "Pulumi.mine.yaml"): string {
  const folder = mkdtempSync(join(tmpdir(), "lab-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** A good stack file, to which lines of configuration can be added. */
export const goodStack = `config:
  persistent-chat-lab:dataCenters:
    primary: { region: northeurope }
    secondary: { region: swedencentral }
`;
