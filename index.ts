import * as pulumi from "@pulumi/pulumi";
import { Lab } from "./components/lab";
import { planLab } from "./topology/check";
import { formatProblems, hasErrors } from "./topology/config/problem";
import { checkPasswordStorage, rawConfig } from "./topology/config/raw";
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

async function program() {
  const project = pulumi.getProject();
  const raw = rawConfig(project, pulumi.runtime.allConfig());
  const stored = isConfigSecret(`${project}:adminPassword`) ? "secret" : "plain";
  const storage = checkPasswordStorage((raw.adminPassword ?? "") === "" ? "missing" : stored);
  const { plan, problems: found } = planLab(raw);
  const problems = [...storage, ...found];
  const message = formatProblems(`stack ${pulumi.getStack()}`, problems);
  if (hasErrors(problems)) throw new ConfigError(message);
  if (problems.length > 0) await pulumi.log.warn(message);

  new Lab("lab", { plan, secrets: { adminPassword: new pulumi.Config().requireSecret("adminPassword") } });
  return labOutputs(plan);
}

export = program;
