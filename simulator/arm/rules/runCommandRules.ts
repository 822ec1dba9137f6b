import { badRequest, conflict } from "../armError";
import { parentId, sameId } from "../ids";
import { at, list, text } from "../inputs";
import { tokens } from "../resourceTypes";
import { type ArmRule, type ArmRules, ofType } from "./rule";

/** https://learn.microsoft.com/azure/virtual-machines/windows/run-command-managed; finished ones count until they are deleted. */
const mostOnOneMachine = 25;

const machineRuns: ArmRule = ofType(tokens.runCommand, ({ id, find }) =>
  find(parentId(id))?.running === false
    ? conflict("OperationNotAllowed", `Cannot modify extensions in the VM when the VM is not running: ${id}.`)
    : undefined,
);

const roomIsLeft: ArmRule = ofType(tokens.runCommand, ({ id, existing, all }) => {
  const siblings = all(tokens.runCommand).filter((one) => sameId(parentId(one.id), parentId(id)));
  return existing === undefined && siblings.length >= mostOnOneMachine
    ? conflict(
        "RunCommandLimitExceeded",
        `The maximum number of managed Run commands (max=${mostOnOneMachine}, current=${siblings.length}) has been exceeded for ${parentId(id)}.`,
        "inferred",
      )
    : undefined;
});

const sourceIsOne: ArmRule = ofType(tokens.runCommand, ({ inputs, id }) => {
  const sources = ["script", "scriptUri", "commandId"].filter(
    (kind) => text(inputs, `source.${kind}`) !== "",
  );
  return sources.length === 1
    ? undefined
    : badRequest(
        "InvalidParameter",
        `The source of ${id} must be exactly one of script, scriptUri and commandId; it has ${sources.length === 0 ? "none" : sources.join(" and ")}.`,
      );
});

const parametersAreTexts: ArmRule = ofType(tokens.runCommand, ({ inputs, id }) => {
  const bad = [...list(inputs, "parameters"), ...list(inputs, "protectedParameters")].find(
    (one) => typeof at(one, "name") !== "string" || typeof at(one, "value") !== "string",
  );
  return bad === undefined
    ? undefined
    : badRequest(
        "InvalidParameter",
        `Parameter ${text(bad, "name")} of ${id} is not a text; run commands take nothing else.`,
      );
});

export const runCommandRules: ArmRules = { machineRuns, roomIsLeft, sourceIsOne, parametersAreTexts };
