import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import {
  GetRootResourceResponse,
  type LogRequest,
  LogSeverity,
  SetRootResourceResponse,
} from "@pulumi/pulumi/proto/engine_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import {
  type RegisterResourceRequest,
  type SupportsFeatureRequest,
  SupportsFeatureResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { parse } from "yaml";
import { createCloud } from "../../../simulator/arm/cloud";
import { RecordingMonitor } from "../../../simulator/engine/monitor";
import type { RegisteredResource } from "../../../simulator/engine/registered";

const root = join(__dirname, "..", "..", "..");
const project = "persistent-chat-lab";

export interface ProgramResult {
  readonly code: number | null;
  readonly resources: readonly RegisteredResource[];
  /** What the program logged through the engine: severity and text. */
  readonly logs: readonly { readonly severity: number; readonly message: string }[];
  /** What it printed past the engine. */
  readonly printed: string;
  /** Since the start of the process; the first registration is that of a cloud resource. */
  readonly seconds: { readonly firstRegistration: number; readonly end: number };
}

/** `runtime.options` of Pulumi.yaml. */
interface RuntimeOptions {
  readonly typescript: boolean;
  readonly tsconfig: string;
  readonly nodeargs: string;
}

export interface ProgramCall {
  readonly stack: string;
  readonly config: Readonly<Record<string, string>>;
  readonly secretKeys?: readonly string[];
  /** In the place of Pulumi.yaml's options. */
  readonly runtime?: Partial<RuntimeOptions>;
  /** Where the program is; this checkout where it is not given. */
  readonly folder?: string;
}

/**
 * Runs the program as the Pulumi CLI's language host does, through the SDK's own `cmd/run`, against a server that speaks the engine's
 * protocol and gives every resource to the simulated Azure. Names of configuration keys are without the project's namespace.
 */
export async function runAsPulumiDoes(call: ProgramCall): Promise<ProgramResult> {
  const { stack, folder = root } = call;
  const runtime = { ...runtimeOptions(folder), ...call.runtime };
  const started = performance.now();
  const elapsed = () => (performance.now() - started) / 1000;
  let firstRegistration = Number.POSITIVE_INFINITY;
  const monitor = new RecordingMonitor(project, stack, createCloud(), ({ custom }) => {
    if (custom) firstRegistration = Math.min(firstRegistration, elapsed());
  });
  const logs: { severity: number; message: string }[] = [];
  const server = await serve(monitor, logs);
  const address = `127.0.0.1:${server.port}`;
  const named = (keys: readonly string[]) => keys.map((key) => `${project}:${key}`);
  const child = spawn(
    process.execPath,
    [
      ...runtime.nodeargs.split(" "),
      join(folder, "node_modules", "@pulumi", "pulumi", "cmd", "run"),
      `--monitor=${address}`,
      `--engine=${address}`,
      `--project=${project}`,
      `--stack=${stack}`,
      `--root-directory=${folder}`,
      "--organization=organization",
      `--pwd=${folder}`,
      "--dry-run",
      "--parallel=16",
      folder,
    ],
    {
      cwd: folder,
      env: {
        ...process.env,
        PULUMI_NODEJS_TYPESCRIPT: String(runtime.typescript),
        PULUMI_NODEJS_TSCONFIG_PATH: runtime.tsconfig,
        // The language host adds this infix; the SDK takes it away.
        PULUMI_CONFIG: JSON.stringify(
          Object.fromEntries(
            Object.entries(call.config).map(([key, text]) => [`${project}:config:${key}`, text]),
          ),
        ),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(named(call.secretKeys ?? [])),
      },
    },
  );
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (printed += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  const end = elapsed();
  server.close();
  return { code, resources: monitor.registered, logs, printed, seconds: { firstRegistration, end } };
}

function runtimeOptions(folder: string): RuntimeOptions {
  return parse(readFileSync(join(folder, "Pulumi.yaml"), "utf8")).runtime.options;
}

type Call<T> = grpc.ServerUnaryCall<T, unknown>;
type Answer = grpc.sendUnaryData<unknown>;

/** The parts of the engine that a program talks to. */
async function serve(monitor: RecordingMonitor, logs: { severity: number; message: string }[]) {
  const server = new grpc.Server({ "grpc.max_receive_message_length": 1024 ** 3 });
  // As an engine that is older than the SDK.
  const unexpected = (name: string) => (_: Call<unknown>, answer: Answer) =>
    answer({ code: grpc.status.UNIMPLEMENTED, details: `no test expects the program to call ${name}` }, null);
  const all = (service: object) =>
    Object.fromEntries(Object.keys(service).map((name) => [name, unexpected(name)]));
  server.addService(ResourceMonitorService, {
    ...all(ResourceMonitorService),
    supportsFeature: ({ request }: Call<SupportsFeatureRequest>, answer: Answer) => {
      const response = new SupportsFeatureResponse();
      response.setHassupport(!["outputValues", "transforms"].includes(request.getId()));
      answer(null, response);
    },
    registerResource: ({ request }: Call<RegisterResourceRequest>, answer: Answer) =>
      monitor.registerResource(request, answer),
    registerResourceOutputs: (_: Call<unknown>, answer: Answer) => answer(null, new Empty()),
    signalAndWaitForShutdown: (_: Call<unknown>, answer: Answer) => answer(null, new Empty()),
  });
  server.addService(EngineService, {
    ...all(EngineService),
    log: ({ request }: Call<LogRequest>, answer: Answer) => {
      const severity = request.getSeverity();
      if (severity !== LogSeverity.DEBUG) logs.push({ severity, message: request.getMessage() });
      answer(null, new Empty());
    },
    getRootResource: (_: Call<unknown>, answer: Answer) => answer(null, new GetRootResourceResponse()),
    setRootResource: (_: Call<unknown>, answer: Answer) => answer(null, new SetRootResourceResponse()),
  });
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    ),
  );
  return { port, close: () => server.forceShutdown() };
}
