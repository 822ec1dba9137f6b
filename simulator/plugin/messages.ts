import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Inputs } from "../arm/inputs";

export const toStruct = (inputs: Inputs) => Struct.fromJavaScript(inputs as never);
export const fromStruct = (struct: Struct | undefined) => (struct?.toJavaScript() ?? {}) as Inputs;

/** Type token in the middle of a URN. */
export function typeOf(urn: string): string {
  return (urn.split("::")[2] ?? "").split("$").at(-1) ?? "";
}
