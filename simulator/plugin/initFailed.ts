import * as grpc from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";

/** A resource that Azure has and that did not come right: the engine keeps it in its state, with an init error. */
export class InitFailed extends Error {
  constructor(
    readonly id: string,
    /** What the state keeps of it. */
    readonly kept: { readonly inputs: Struct; readonly properties: Struct },
    message: string,
  ) {
    super(message);
  }

  /** As a provider tells it the engine: https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/plugin/provider_plugin.go */
  asGrpc(): Partial<grpc.StatusObject> {
    const detail = new ErrorResourceInitFailed();
    detail.setId(this.id);
    detail.setInputs(this.kept.inputs);
    detail.setProperties(this.kept.properties);
    detail.addReasons(this.message);
    const any = new Any();
    any.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
    const status = new Status();
    status.setCode(grpc.status.UNKNOWN);
    status.setMessage(this.message);
    status.addDetails(any);
    const metadata = new grpc.Metadata();
    metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
    return { code: grpc.status.UNKNOWN, details: this.message, metadata };
  }
}
