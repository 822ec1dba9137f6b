import { readFileSync } from "node:fs";
import { Agent, request } from "node:https";
import type { ServedLabs } from "./servedLabs";

interface Asked {
  readonly status: number;
  readonly milliseconds: number;
  readonly body: string;
}

/** Somebody who asks a simulated Azure at its address, over connections that stay open. */
export class Client {
  private constructor(
    private readonly labs: ServedLabs,
    private readonly token: string,
    private readonly agent: Agent,
  ) {}

  static async of(labs: ServedLabs, connections: number): Promise<Client> {
    const { token } = await labs.token();
    const ca = readFileSync(labs.env.REQUESTS_CA_BUNDLE ?? "");
    return new Client(labs, token, new Agent({ keepAlive: true, maxSockets: connections, ca }));
  }

  ask(method: string, path: string, body?: object | string): Promise<Asked> {
    const started = performance.now();
    const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
    const content =
      text === undefined
        ? {}
        : { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(text) };
    return new Promise((resolve, reject) => {
      const { port } = this.labs.address;
      const headers = { Authorization: `Bearer ${this.token}`, ...content };
      const sent = request(
        { host: "localhost", port, agent: this.agent, method, path, headers },
        (answer) => {
          const parts: Buffer[] = [];
          answer.on("error", reject);
          answer.on("data", (part: Buffer) => parts.push(part));
          answer.on("end", () =>
            resolve({
              status: answer.statusCode ?? 0,
              milliseconds: performance.now() - started,
              body: Buffer.concat(parts).toString(),
            }),
          );
        },
      );
      sent.on("error", reject);
      sent.end(text);
    });
  }

  end(): void {
    this.agent.destroy();
  }
}
