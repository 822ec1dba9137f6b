import type { Access } from "../../cli/azure/access";
import { type Needs, needsOf } from "../../cli/preflight/needs";
import { preflight } from "../../cli/preflight/preflight";
import type { Answer } from "../../cli/preflight/said";
import { readStack } from "../../cli/stack/stackFile";
import { type Cloud, createCloud } from "../../simulator/arm/cloud";
import type { ReadFault } from "../../simulator/arm/faultLists";
import { simulatedSubscription } from "../../simulator/arm/ids";
import { type Limits, noLimits } from "../../simulator/arm/limits";
import { planLab } from "../../topology/planLab";
import { HttpAzure, identitySecret } from "./http";
import { rehearseStack } from "./rehearse";

const zones = { primary: [1, 2, 3], secondary: [1, 2, 3] };

/** What a stack needs of a subscription. */
export async function needsOfStack(stack: string): Promise<Needs> {
  const { resources } = await rehearseStack(stack);
  return needsOf(planLab(readStack(stack, undefined).raw).plan, resources, zones);
}

/** A subscription of the simulated Azure, and what becomes of questions about it. */
export interface Subscription {
  readonly limits?: Partial<Limits>;
  readonly reads?: readonly ReadFault[];
  /** What is there already. */
  readonly fill?: (cloud: Cloud) => void;
}

/** What Azure answers about a lab, asked at an address of its own. */
export async function answersOf(
  needs: Needs,
  { limits = {}, reads = [], fill }: Subscription = {},
): Promise<readonly Answer[]> {
  const cloud = createCloud({ limits: { ...noLimits, ...limits } });
  fill?.(cloud);
  const azure = await HttpAzure.of(cloud, [], "fast", reads);
  try {
    const { access_token: token } = (await azure.signIn(identitySecret)).body;
    const access: Access = {
      subscription: simulatedSubscription,
      credential: { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) },
      options: {
        endpoint: `https://localhost:${azure.port}`,
        tlsOptions: { ca: azure.ca },
        retryOptions: { retryDelayInMs: 1 },
      },
    };
    return await preflight(access, needs);
  } finally {
    await azure.stop();
  }
}
