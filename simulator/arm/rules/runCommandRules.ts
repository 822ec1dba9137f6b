import { badRequest, conflict } from "../armError";
import type { ArmRule } from "../cloud";
import { at, list, text } from "../inputs";
import { tokens } from "../resourceTypes";
import { parentId } from "./generalRules";

/** https://learn.microsoft.com/azure/virtual-machines/windows/run-command-managed; finished ones count until they are deleted. */
const mostOnOneMachine = 25;

const of =
  (rule: ArmRule): ArmRule =>
  (request) =>
    request.token === tokens.runCommand ? rule(request) : undefined;

const machineRuns: ArmRule = of(({ id, find }) =>
  find(parentId(id))?.running === false
    ? conflict("OperationNotAllowed", `Cannot modify extensions in the VM when the VM is not running: ${id}.`)
    : undefined,
);

const roomIsLeft: ArmRule = of(({ id, existing, all }) => {
  const siblings = all(tokens.runCommand).filter(
    (one) => parentId(one.id).toLowerCase() === parentId(id).toLowerCase(),
  );
  return existing === undefined && siblings.length >= mostOnOneMachine
    ? conflict(
        "RunCommandLimitExceeded",
        `The maximum number of managed Run commands (max=${mostOnOneMachine}, current=${siblings.length}) has been exceeded for ${parentId(id)}.`,
        "inferred",
      )
    : undefined;
});

const sourceIsOne: ArmRule = of(({ inputs, id }) => {
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

const parametersAreTexts: ArmRule = of(({ inputs, id }) => {
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

export const runCommandRules: readonly ArmRule[] = [machineRuns, roomIsLeft, sourceIsOne, parametersAreTexts];
