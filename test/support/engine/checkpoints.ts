/** Variables with which Pulumi saves its state at the end only, and not before and after each resource. */
export const withoutCheckpoints = { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" };
