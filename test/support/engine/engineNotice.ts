import { hasPulumi } from "../../../cli/pulumi/pulumi";

/** Says once why tests are skipped, where they are. */
export default function notice(): void {
  if (hasPulumi() || process.env.LAB_REQUIRE_ENGINE === "1") return;
  process.stdout.write(
    "Tests of the real Pulumi engine are skipped: no CLI on PATH (https://www.pulumi.com/docs/install).\n",
  );
}
