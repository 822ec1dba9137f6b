import { mkdtempSync, rmSync } from "node:fs";
import { type IncomingHttpHeaders, type IncomingMessage, request as plainRequest } from "node:http";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { certificateIn } from "../../cli/azure/certificate";
import type { Cloud, CloudState } from "../../simulator/arm/cloud";
import type { ReadFault } from "../../simulator/arm/faultLists";
import type { Fault } from "../../simulator/arm/faults";
import { Faults } from "../../simulator/arm/faults";
import { armPathOf } from "../../simulator/arm/ids";
import { noLimits } from "../../simulator/arm/limits";
import { Writes } from "../../simulator/arm/writes";
import { versionsOf } from "../../simulator/http/apiVersions";
import type { Clock } from "../../simulator/http/operations";
import { type ServerOptions, type Serving, serve } from "../../simulator/http/server";
import { CloudFolder } from "../../simulator/kept/cloudFolder";
import { bodies, ids, type Key } from "./arm";
import { armBody } from "./armBody";
import { keepIn } from "./keptCloud";

/** What whoever asks for a token must know. */
export const identitySecret = "what whoever asks must know";
const certificate = certificateIn(mkdtempSync(join(tmpdir(), "lab-certificate-")));

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  // biome-ignore lint/suspicious/noExplicitAny: a body is read as a test needs it
  readonly body: any;
}

/** A simulated Azure at an address, in a folder of its own. */
export class HttpAzure {
  readonly folder = mkdtempSync(join(tmpdir(), "lab-http-"));
  private serving: Serving | undefined;
  private token = "";

  /** One that runs, with what a cloud has. */
  static of(
    cloud?: Cloud,
    faults: readonly Fault[] = [],
    clock: Clock = "fast",
    reads: readonly ReadFault[] = [],
  ): Promise<HttpAzure> {
    const azure = new HttpAzure();
    if (cloud !== undefined) keepIn(azure.folder, cloud);
    return azure.start(faults, clock, { limits: cloud?.limits ?? noLimits, reads });
  }

  async start(
    faults: readonly Fault[] = [],
    clock: Clock = "fast",
    more: Pick<ServerOptions, "limits" | "reads"> = {},
  ): Promise<this> {
    this.serving = await serve({
      folder: new CloudFolder(this.folder),
      writes: new Writes(new Faults(faults)),
      clock,
      port: 0,
      certificate,
      secret: identitySecret,
      name: "Test",
      ...more,
    });
    this.token = (await this.signIn(identitySecret)).body.access_token;
    return this;
  }

  get port(): number {
    return this.serving?.port ?? 0;
  }

  /** What its folder has now. */
  get state(): CloudState {
    return new CloudFolder(this.folder).state;
  }

  /** The certificate that clients have to trust. */
  readonly ca = certificate.cert;

  async stop(): Promise<void> {
    await this.serving?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A token for whoever knows the secret. */
  signIn(known: string | undefined): Promise<HttpAnswer> {
    const headers = known === undefined ? {} : { "X-IDENTITY-HEADER": known };
    const path = "/msi/token?resource=https%3A%2F%2Flocalhost&api-version=2019-08-01";
    return new Promise((resolve, reject) => {
      plainRequest(
        { port: this.serving?.identityPort, path, headers },
        (answer) => void collect(answer, resolve),
      )
        .on("error", reject)
        .end();
    });
  }

  /** Asks Azure Resource Manager; a body is JSON, or text as it is. */
  ask(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = { Authorization: `Bearer ${this.token}` },
  ): Promise<HttpAnswer> {
    const text = body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          host: "localhost",
          port: this.port,
          ca: certificate.cert,
          method,
          path,
          headers: {
            ...headers,
            ...(text === undefined
              ? {}
              : { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(text) }),
          },
        },
        (answer) => void collect(answer, resolve),
      ).on("error", reject);
      sent.end(text);
    });
  }

  /** Sends the smallest body of a type, as ARM has it. */
  put(key: Key): Promise<HttpAnswer> {
    return this.ask("PUT", versioned(ids[key]), armBody(...bodies[key]));
  }

  /** Waits for the end of an operation, by its address; gives what it said last. */
  async ended(address: string | string[] | undefined): Promise<HttpAnswer["body"]> {
    const { pathname, search } = new URL(String(address));
    for (let tries = 0; tries < 500; tries++) {
      const { body } = await this.ask("GET", `${pathname}${search}`);
      if (body.status !== "InProgress") return body;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error("it does not end");
  }
}

/** A path with a version that its type has. */
export function versioned(id: string, more = ""): string {
  const path = armPathOf(id);
  const [version = ""] = versionsOf(path?.namespace ?? "", path?.kinds ?? []);
  return `${encodeURI(id)}?api-version=${version}${more}`;
}

async function collect(answer: IncomingMessage, resolve: (found: HttpAnswer) => void): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of answer as AsyncIterable<Buffer>) parts.push(part);
  const text = Buffer.concat(parts).toString();
  resolve({
    status: answer.statusCode ?? 0,
    headers: answer.headers,
    body: text === "" ? undefined : JSON.parse(text),
  });
}
