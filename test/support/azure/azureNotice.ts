import { hasAz, noAz } from "../../../cli/azure/az";

/** Says once why tests are skipped, where they are. */
export default function notice(): void {
  if (hasAz() || process.env.LAB_REQUIRE_AZ === "1") return;
  process.stdout.write(`Tests with the Azure CLI are skipped. ${noAz}\n`);
}
