import { spawn } from "node:child_process";
import * as grpc from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import {
  GetRequiredPackagesResponse,
  GetRequiredPluginsResponse,
  LanguageHandshakeResponse,
  type RunPluginRequest,
  RunPluginResponse,
  type RunRequest,
  RunResponse,
} from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { endWithParent } from "../../simulator/plugin/endWithParent";

/*
 * Stands in for `pulumi-language-nodejs`, which has no version in Go's module index and so cannot be built beside the CLI. Started by the
 * engine with its own address as the last argument; an installed CLI brings the real one. Working directories, arguments, environment and
 * exit codes are those of its source, https://github.com/pulumi/pulumi/tree/master/sdk/nodejs/cmd/pulumi-language-nodejs. What it has
 * besides: pipes for SDKs before 3, tracing, debuggers, installing packages, generating code, and a hint after a lack of memory.
 */

type Call<T> = grpc.ServerUnaryCall<T, unknown>;
type Answer = grpc.sendUnaryData<unknown>;

const engine = process.argv.at(-1) ?? "";

endWithParent();
/** Exit code of a program that has told its user what is wrong. */
const explained = 32;

/** Keys as older SDKs knew them, which the real host keeps to: `<namespace>:config:<name>`. */
function configKey(key: string): string {
  const [namespace = "", ...rest] = key.split(":");
  return [namespace, "config", ...(rest[0] === "config" ? rest.slice(1) : rest)].join(":");
}

function run({ request }: Call<RunRequest>, answer: Answer): void {
  const info = request.getInfo();
  const folder = info?.getProgramDirectory() ?? request.getPwd();
  const options = (info?.getOptions()?.toJavaScript() ?? {}) as {
    typescript?: boolean;
    tsconfig?: string;
    nodeargs?: string;
  };
  const config = Object.fromEntries(
    [...request.getConfigMap().entries()].map(([key, value]: [string, string]) => [configKey(key), value]),
  );
  const child = spawn(
    process.execPath,
    [
      ...(options.nodeargs ?? "").split(" ").filter((word) => word !== ""),
      require.resolve("@pulumi/pulumi/cmd/run", { paths: [folder] }),
      `--monitor=${request.getMonitorAddress()}`,
      `--engine=${engine}`,
      `--organization=${request.getOrganization()}`,
      `--project=${request.getProject()}`,
      `--root-directory=${info?.getRootDirectory() ?? folder}`,
      `--stack=${request.getStack()}`,
      // The program changes there by itself: its process starts where the language host stands.
      `--pwd=${folder}`,
      ...(request.getDryrun() ? ["--dry-run"] : []),
      `--parallel=${request.getParallel()}`,
      info?.getEntryPoint() ?? ".",
      ...request.getArgsList(),
    ],
    {
      stdio: ["ignore", "inherit", "inherit"],
      env: {
        ...process.env,
        PULUMI_CONFIG: JSON.stringify(config),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
        ...(options.typescript === false ? {} : { PULUMI_NODEJS_TYPESCRIPT: "true" }),
        ...(options.tsconfig === undefined ? {} : { PULUMI_NODEJS_TSCONFIG_PATH: options.tsconfig }),
      },
    },
  );
  child.on("close", (code) => {
    const response = new RunResponse();
    if (code === explained) response.setBail(true);
    else if (code !== 0) response.setError(`Program exited with non-zero exit code: ${code}`);
    answer(null, response);
  });
}

/**
 * Runs a policy pack, which prints where it listens and ends with the call. Its working directory is its own folder, as an installed CLI's
 * language host has it: `@pulumi/policy` reads the pack's version from the package.json there.
 */
function runPlugin(call: grpc.ServerWritableStream<RunPluginRequest, RunPluginResponse>): void {
  const { request } = call;
  const folder = request.getInfo()?.getProgramDirectory() ?? request.getPwd();
  const program = require.resolve("@pulumi/pulumi/cmd/run-policy-pack", { paths: [folder] });
  const child = spawn(process.execPath, [program, ...request.getArgsList(), folder], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    // The engine's environment, and nothing of this process's own.
    env: {
      ...Object.fromEntries(request.getEnvList().map((line) => line.split(/=(.*)/s).slice(0, 2))),
      PULUMI_NODEJS_TYPESCRIPT: "true",
    },
  });
  const send = (fill: (response: RunPluginResponse) => void) => {
    const response = new RunPluginResponse();
    fill(response);
    call.write(response);
  };
  child.stdout.on("data", (text: Uint8Array) => send((response) => response.setStdout(text)));
  child.stderr.on("data", (text: Uint8Array) => send((response) => response.setStderr(text)));
  child.on("close", (code) => {
    send((response) => response.setExitcode(code ?? 1));
    call.end();
  });
  call.on("cancelled", () => child.kill());
}

const replying = (make: () => unknown) => (_: Call<unknown>, answer: Answer) => answer(null, make());
const server = new grpc.Server();
const unimplemented = Object.fromEntries(
  Object.keys(LanguageRuntimeService).map((name) => [
    name,
    (_: Call<unknown>, answer: Answer) => answer({ code: grpc.status.UNIMPLEMENTED, details: name }, null),
  ]),
);
server.addService(LanguageRuntimeService, {
  ...unimplemented,
  handshake: replying(() => new LanguageHandshakeResponse()),
  getRequiredPlugins: replying(() => new GetRequiredPluginsResponse()),
  getRequiredPackages: replying(() => new GetRequiredPackagesResponse()),
  getPluginInfo: replying(() => new PluginInfo()),
  run,
  runPlugin,
});
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  process.stdout.write(`${port}\n`);
});
