import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hasAz } from "../../../cli/azure/az";
import { type Address, addressIn, environmentOf, registrationOf } from "../../../cli/azure/serving";
import { root } from "../../../cli/terminal/paths";
import { createCloud } from "../../../simulator/arm/cloud";
import { simulatedSubscription } from "../../../simulator/arm/ids";
import { text } from "../../../simulator/arm/inputs";
import { CloudFolder } from "../../../simulator/kept/cloudFolder";
import { putAll } from "../keptCloud";
import { spawnLab } from "../processes";
import { rehearseStack } from "../rehearse";

/** Without the Azure CLI its tests are skipped, unless LAB_REQUIRE_AZ is set. */
export const skipAz = !hasAz() && process.env.LAB_REQUIRE_AZ !== "1";

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, without holding this process up. */
function run(
  program: string,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { cwd: root, env: { ...process.env, ...env } });
    const [out, err]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on("data", (part: Buffer) => out.push(part));
    child.stderr.on("data", (part: Buffer) => err.push(part));
    child.on("error", reject);
    child.on("close", (code) =>
      resolve({ code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }),
    );
  });
}

/** Labs that stand in a simulated Azure, which is served as users serve it. */
export class ServedLabs {
  readonly folder = mkdtempSync(join(tmpdir(), "lab-azure-"));
  private server: ChildProcess | undefined;
  address: Address = { pid: 0, port: 0, identityPort: 0 };

  /** Makes a stack's lab stand, or the same under other names. */
  async fill(stack: string, names: readonly string[] = []): Promise<void> {
    const { resources } = await rehearseStack(stack);
    const [own = ""] = resources.flatMap(({ inputs }) => text(inputs, "tags.lab") || []);
    const kept = new CloudFolder(join(this.folder, "cloud"));
    // Without quotas: there may be more labs than a subscription usually allows.
    const cloud = createCloud({ state: kept.state, cores: {} });
    for (const name of names.length === 0 ? [own] : names)
      kept.change(() => {
        putAll(cloud, resources, (json) => json.replaceAll(own, name));
      });
  }

  async start(...stacks: readonly string[]): Promise<this> {
    for (const stack of stacks) await this.fill(stack);
    return this.serve();
  }

  /** Serves what stands, as users do. */
  async serve(...more: readonly string[]): Promise<this> {
    this.server = spawnLab(["serve", "--folder", this.folder, ...more], { stdio: "ignore" });
    for (let tries = 0; tries < 1000; tries++) {
      const found = addressIn(this.folder);
      if (found !== undefined) {
        this.address = found;
        return this;
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`nobody serves ${this.folder}`);
  }

  /** The environment of somebody who asks it. */
  get env(): Readonly<Record<string, string>> {
    return { ...environmentOf(this.folder, this.address), LAB_TWIN: this.folder };
  }

  /** Makes the Azure CLI know it and signs in, as README says. */
  async introduce(): Promise<void> {
    for (const words of registrationOf(this.address)) {
      const { code, stderr } = await this.az(...words);
      if (code !== 0) throw new Error(`az ${words.join(" ")}: ${stderr}`);
    }
  }

  /** A token as whoever signs in gets it, and when it ends, in seconds since 1970. */
  async token(): Promise<{ readonly token: string; readonly expires: number }> {
    const { IDENTITY_ENDPOINT, IDENTITY_HEADER } = environmentOf(this.folder, this.address);
    const answer = await fetch(`${IDENTITY_ENDPOINT}?resource=x`, {
      headers: { "X-IDENTITY-HEADER": IDENTITY_HEADER },
    });
    const said = (await answer.json()) as { readonly access_token: string; readonly expires_on: string };
    return { token: said.access_token, expires: Number(said.expires_on) };
  }

  /** A shell script in place of the Azure CLI, signed in to it. */
  async signedInAz(): Promise<string> {
    const { token, expires } = await this.token();
    const said = { accessToken: token, expires_on: expires, subscription: simulatedSubscription };
    return `case "$1" in account) echo '${JSON.stringify(said)}';; cloud) echo https://localhost:${this.address.port};; *) exit 2;; esac`;
  }

  az(...words: readonly string[]): Promise<Ran> {
    return run("az", words, this.env);
  }

  /** What a shell makes of a line. */
  typed(line: string): Promise<Ran> {
    return run("bash", ["-e", "-o", "pipefail", "-c", line], this.env);
  }

  /** Ends who serves with kill -9; what it keeps stays. */
  async kill(): Promise<void> {
    const { server } = this;
    if (server === undefined || server.exitCode !== null) return;
    const gone = new Promise((resolve) => server.on("exit", resolve));
    server.kill("SIGKILL");
    await gone;
  }

  stop(): void {
    this.server?.kill("SIGTERM");
    rmSync(this.folder, { recursive: true, force: true });
  }
}
