import { randomUUID } from "node:crypto";
import {
  createServer as createPlainServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { ArmError } from "../arm/armError";
import { createCloud } from "../arm/cloud";
import type { ReadFault } from "../arm/faultLists";
import { type Limits, noLimits } from "../arm/limits";
import { usualCores } from "../arm/rules/quotaRules";
import type { Writes } from "../arm/writes";
import type { CloudFolder } from "../kept/cloudFolder";
import { type ArmAnswer, errorBody, ok, refusal } from "./answer";
import { type Clock, Operations } from "./operations";
import { ReadFaults, Throttled, Unanswered } from "./readFaults";
import type { Azure } from "./resources";
import { answer } from "./routes";
import { metadataOf, SignIn } from "./signIn";

/** The largest body: https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling */
const largestBody = 4 * 1024 * 1024;

export interface ServerOptions {
  readonly folder: CloudFolder;
  readonly writes: Writes;
  /** What the subscription may not have. */
  readonly limits?: Limits;
  /** Questions that get no answer. */
  readonly reads?: readonly ReadFault[];
  readonly clock: Clock;
  /** Where Azure Resource Manager listens; any free port where it is 0. */
  readonly port: number;
  readonly certificate: { readonly key: string; readonly cert: string };
  /** What whoever asks for a token must know. */
  readonly secret: string;
  /** What the cloud is called. */
  readonly name: string;
}

export interface Serving {
  /** Of Azure Resource Manager, with TLS. */
  readonly port: number;
  /** Of the tokens, without. */
  readonly identityPort: number;
  close(): Promise<void>;
}

/** Gives a simulated Azure an address on this machine. */
export async function serve(options: ServerOptions): Promise<Serving> {
  const { folder, writes, limits = noLimits, reads = [], clock, certificate, secret, name } = options;
  const readFaults = new ReadFaults(reads);
  const cores = usualCores;
  const cloud = createCloud({ state: folder.state, cores, limits });
  const azure: Azure = {
    cloud,
    cores,
    folder,
    writes,
    operations: new Operations(clock),
  };
  const signIn = new SignIn(secret);
  const arm = createServer(certificate, (request, response) =>
    respond(request, response, (url, body) => {
      const origin = `https://${request.headers.host ?? "localhost"}`;
      if (url.pathname === "/metadata/endpoints") return ok(metadataOf(origin, name));
      signIn.check(request.headers.authorization);
      const [method, path] = [request.method ?? "", pathOf(url)];
      readFaults.ask({ method, path });
      return answer(azure, {
        method,
        path,
        query: url.searchParams,
        body: body(),
        origin,
      });
    }),
  );
  const identity = createPlainServer((request, response) =>
    respond(request, response, (url) => {
      const header = request.headers["x-identity-header"];
      if (url.pathname !== "/msi/token")
        throw new ArmError(404, "NotFound", `There is only /msi/token here, and not ${url.pathname}.`);
      return ok(
        signIn.answer(
          typeof header === "string" ? header : undefined,
          url.searchParams.get("resource") ?? "",
        ),
      );
    }),
  );
  const [port, identityPort] = await Promise.all([listening(arm, options.port), listening(identity, 0)]);
  return {
    port,
    identityPort,
    async close() {
      await Promise.all([closed(arm), closed(identity)]);
    },
  };
}

function listening(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** What was asked for. A path may begin with two slashes, as SDKs write ids behind an address, and names no host even so. */
const urlOf = (asked: string): URL =>
  asked.startsWith("/") ? new URL(`https://localhost${asked}`) : new URL(asked);

/** The path as ARM reads it. Throws where it is no text. */
function pathOf({ pathname }: URL): string {
  try {
    const path = decodeURIComponent(pathname).replace(/\/{2,}/g, "/");
    return path.length > 1 ? path.replace(/\/$/, "") : path;
  } catch {
    throw new ArmError(400, "BadRequest", "The path of the request is not well-formed.", "inferred");
  }
}

type Handle = (url: URL, body: () => unknown) => ArmAnswer | Promise<ArmAnswer>;

/** Answers one request; whatever goes wrong is an error of ARM's. */
async function respond(request: IncomingMessage, response: ServerResponse, handle: Handle): Promise<void> {
  const correlation = request.headers["x-ms-correlation-request-id"];
  const headers = {
    "x-ms-request-id": randomUUID(),
    "x-ms-correlation-request-id": typeof correlation === "string" ? correlation : randomUUID(),
    "Cache-Control": "no-cache",
  };
  let answered: ArmAnswer;
  try {
    const text = await bodyOf(request);
    answered = await handle(urlOf(request.url ?? "/"), () => parsed(text));
  } catch (error) {
    if (error instanceof Throttled)
      answered = { ...refusal(error), headers: { "Retry-After": String(error.retryAfter) } };
    else if (error instanceof ArmError) answered = refusal(error);
    else if ((error as NodeJS.ErrnoException).code === "ERR_INVALID_URL")
      answered = refusal(
        new ArmError(400, "BadRequest", "The path of the request is not well-formed.", "inferred"),
      );
    else if (
      error instanceof Unanswered ||
      /^the connection to Azure was lost|^canceled/.test((error as Error).message)
    ) {
      request.socket.destroy();
      return;
    } else
      answered = { status: 500, body: errorBody({ code: "InternalServerError", message: String(error) }) };
  }
  const { status, body } = answered;
  const text = body === undefined || request.method === "HEAD" ? "" : JSON.stringify(body);
  response.writeHead(status, {
    ...headers,
    ...answered.headers,
    ...(text === "" ? {} : { "Content-Type": "application/json; charset=utf-8" }),
    ...(status === 204 ? {} : { "Content-Length": Buffer.byteLength(text) }),
  });
  response.end(text);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    // What is too large is read to its end all the same, or whoever sends it would get no answer.
    if (size <= largestBody) parts.push(part);
  }
  if (size > largestBody)
    throw new ArmError(
      413,
      "RequestEntityTooLarge",
      `The request content is larger than ${largestBody} bytes.`,
      "inferred",
    );
  return Buffer.concat(parts).toString("utf8");
}

function parsed(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new ArmError(
      400,
      "InvalidRequestContent",
      "The request content was invalid and could not be deserialized.",
    );
  }
}
