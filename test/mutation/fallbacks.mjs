import { declareValuePlugin, PluginKind } from "@stryker-mutator/api/plugin";

/**
 * What the type checker asks for and no input reaches: an empty value behind `??`, and the default of a part of a list that is always
 * there. A breakage of one is no breakage.
 */
const isEmpty = ({ node }) =>
  (node.type === "StringLiteral" && node.value === "") ||
  (node.type === "ArrayExpression" && node.elements.length === 0);

export const strykerPlugins = [
  declareValuePlugin(PluginKind.Ignore, "fallbacks", {
    shouldIgnore(path) {
      const { parent } = path;
      const behind =
        parent?.type === "LogicalExpression" && parent.operator === "??" && parent.right === path.node;
      const byDefault = parent?.type === "AssignmentPattern" && parent.right === path.node;
      return (behind || byDefault) && isEmpty(path) ? "It only satisfies the type checker." : undefined;
    },
  }),
];
