import { changeCloud } from "../../simulator/kept/cloudFolder";
import { bodies } from "./arm";

/* Writes so many resource groups into a folder, each by itself. Run by cloudFolder.test.ts, several at once. */

const [path = "", name = "", count = ""] = process.argv.slice(2);
for (let index = 0; index < Number(count); index++)
  changeCloud(path, (cloud) =>
    cloud.put(bodies.group[0], { ...bodies.group[1], resourceGroupName: `${name}${index}` }),
  );
