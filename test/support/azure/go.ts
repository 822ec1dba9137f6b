import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "../../../cli/terminal/paths";

/** Whether Go is there, and the modules that it needs. */
const hasGo = (): boolean =>
  spawnSync("go", ["mod", "download"], { cwd: join(root, "test", "azure", "go"), stdio: "ignore" }).status ===
  0;

/** Without them the tests with Azure's SDK for Go are skipped. */
export const skipGo = !hasGo();
