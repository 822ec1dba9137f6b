import { hasAz, noAz } from "../../../cli/azure/az";
import { skipGo } from "./go";

/** Says once why tests are skipped, where they are. */
export default function notice(): void {
  if (skipGo)
    process.stdout.write(
      "The test with Azure's SDK for Go is skipped: no go on PATH, or no modules for it.\n",
    );
  if (hasAz() || process.env.LAB_REQUIRE_AZ === "1") return;
  process.stdout.write(`Tests with the Azure CLI are skipped. ${noAz}\n`);
}
