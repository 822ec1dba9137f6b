import * as pulumi from "@pulumi/pulumi";
import { Lab } from "./components/lab";
import { checkPassword, passwordKey } from "./topology/config/password";
import { formatProblems, hasErrors } from "./topology/config/problem";
import { rawConfig } from "./topology/config/raw";
import { planLab } from "./topology/planLab";
import { labOutputs } from "./topology/views/outputs";

/** Configuration that cannot become a lab. Without a stack trace: on Node 20 and 22 printing one costs Pulumi programs 40 seconds. */
class ConfigError extends pulumi.RunError {
  constructor(message: string) {
    super(message);
    this.stack = message;
  }
}

/** Missing from the SDK's typings. */
const { isConfigSecret } = pulumi.runtime as unknown as { isConfigSecret(key: string): boolean };

// The SDK tells the engine of every answer, in clear text. The engine takes out the password itself but not what was made of it, and keeps
// such messages in the events of `pulumi up --json`.
Object.assign(pulumi.log, { debug: () => Promise.resolve() });

async function program() {
  const project = pulumi.getProject();
  const key = `${project}:${passwordKey}`;
  const { [key]: password = "", ...config } = pulumi.runtime.allConfig();
  const { plan, problems: found } = planLab(rawConfig(project, config));
  const problems = [...checkPassword(isConfigSecret(key) ? "secret" : "plain", password), ...found];
  const message = formatProblems(`stack ${pulumi.getStack()}`, problems);
  if (hasErrors(problems)) throw new ConfigError(message);
  if (problems.length > 0) await pulumi.log.warn(message);

  new Lab("lab", { plan, secrets: { adminPassword: new pulumi.Config().requireSecret(passwordKey) } });
  return labOutputs(plan);
}

export = program;
