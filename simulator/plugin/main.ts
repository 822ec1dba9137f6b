import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { Writes } from "../arm/writes";
import { CloudFolder } from "../kept/cloudFolder";
import { countedFaults, readFaults } from "../kept/faultsFile";
import { endWithParent } from "./endWithParent";
import { providerService } from "./provider";

/*
 * Started by the engine as `pulumi-resource-azure-native`. It prints the port that it listens on, as every plugin does, keeps its cloud in
 * the folder LAB_CLOUD, and lets go wrong what the file LAB_FAULTS says.
 */

const folder = process.env.LAB_CLOUD;
if (folder === undefined) throw new Error("LAB_CLOUD does not say where the simulated Azure is kept");

const engine = process.ppid;
endWithParent();

const size = 1024 ** 3;
const server = new grpc.Server({
  "grpc.max_receive_message_length": size,
  "grpc.max_send_message_length": size,
});
server.addService(
  ResourceProviderService,
  providerService({
    folder: new CloudFolder(folder),
    limits: readFaults(process.env.LAB_FAULTS).limits,
    writes: new Writes(countedFaults(process.env.LAB_FAULTS, folder), (victim) =>
      process.kill(victim === "engine" ? engine : process.pid, "SIGKILL"),
    ),
  }),
);
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  process.stdout.write(`${port}\n`);
});
