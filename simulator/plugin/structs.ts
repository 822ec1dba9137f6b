import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Inputs } from "../arm/inputs";

export const toStruct = (inputs: Inputs) => Struct.fromJavaScript(inputs as never);
export const fromStruct = (struct: Struct | undefined) => (struct?.toJavaScript() ?? {}) as Inputs;
