import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient, ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { type Limits, noLimits } from "../../simulator/arm/limits";
import { CloudFolder } from "../../simulator/kept/cloudFolder";
import { providerService } from "../../simulator/plugin/provider";

/** The provider plugin on a simulated Azure, in a folder of its own, asked as the engine asks it. */
export class PluginAzure {
  readonly folder = mkdtempSync(join(tmpdir(), "lab-cloud-"));
  private server = new grpc.Server();
  private connected: ResourceProviderClient | undefined;

  async start(limits: Limits = noLimits): Promise<void> {
    this.server = new grpc.Server();
    this.server.addService(
      ResourceProviderService,
      providerService({ folder: new CloudFolder(this.folder), limits }),
    );
    const port = await new Promise<number>((resolve, reject) =>
      this.server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
        error === null ? resolve(bound) : reject(error),
      ),
    );
    this.connected = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  }

  /** Ends it; what it keeps stays. */
  stop(): void {
    this.connected?.close();
    this.server.forceShutdown();
  }

  /** Ends it, and throws away what it keeps. */
  end(): void {
    this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  get client(): ResourceProviderClient {
    if (this.connected === undefined) throw new Error("it was not started");
    return this.connected;
  }

  /** Sends one request; rejects with the text of the provider's error. */
  ask<Q, R>(
    method: (request: Q, callback: (error: grpc.ServiceError | null, response: R) => void) => unknown,
    request: Q,
  ): Promise<R> {
    return new Promise((resolve, reject) =>
      method.call(this.client, request, (error, response) =>
        error === null ? resolve(response) : reject(new Error(error.details)),
      ),
    );
  }
}
