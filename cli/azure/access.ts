import { existsSync, readFileSync } from "node:fs";
import type { ComputeManagementClient } from "@azure/arm-compute";
import { z } from "zod";
import { simulatedSubscription } from "../../simulator/arm/ids";
import { twinFolder } from "../terminal/paths";
import { lastLine } from "../terminal/terminal";
import { UsageError } from "../terminal/usage";
import { az } from "./az";
import { type Address, cloudIn, environmentOf, whileServed } from "./serving";

type Credential = ConstructorParameters<typeof ComputeManagementClient>[0];

/** What Azure's SDKs need to work on an Azure, the real one or a simulated one. */
export interface Access {
  readonly subscription: string;
  readonly credential: Credential;
  readonly options: {
    readonly endpoint: string;
    readonly tlsOptions?: { readonly ca: string };
    readonly retryOptions?: { readonly retryDelayInMs: number };
  };
}

interface TwinOptions {
  /** File with what is to go wrong on the twin. */
  readonly faults?: string | undefined;
  /** Whether a twin on which nothing was done yet will do. */
  readonly makesTwin?: boolean;
}

/** Does something on Azure as the Azure CLI is signed in to it, or on the twin of this checkout. Throws a UsageError where it cannot. */
export async function onAzure<T>(
  isTwin: boolean,
  work: (access: Access) => Promise<T>,
  { faults, makesTwin = false }: TwinOptions = {},
): Promise<T> {
  try {
    if (!isTwin) return await work(await signedIn());
    if (!makesTwin) checkTwin();
    return await whileServed(twinFolder, (address) => work(accessTo(twinFolder, address)), faults);
  } catch (error) {
    throw told(error);
  }
}

/** What the SDK throws, as a sentence. */
function told(error: unknown): unknown {
  const { name, statusCode, code, message } = (error ?? {}) as {
    readonly name?: string;
    readonly statusCode?: number;
    readonly code?: string;
    readonly message?: string;
  };
  if (name !== "RestError") return error;
  const said = [code, message?.split("\n")[0]].filter(Boolean).join(": ");
  return new UsageError(
    statusCode === undefined ? `Azure does not answer: ${said}` : `Azure refuses that: ${said}`,
  );
}

/** Throws a UsageError where nothing was ever done on the twin of this checkout. */
export function checkTwin(): void {
  if (!existsSync(cloudIn(twinFolder)))
    throw new UsageError(
      `There is no twin in ${twinFolder} yet: npm run lab -- twin -- pulumi up makes one, and LAB_TWIN names another folder.`,
    );
}

/** https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference */
const ofIdentity = z.object({ access_token: z.string(), expires_on: z.coerce.number() });

/** The simulated Azure of a folder, which is served. */
function accessTo(folder: string, address: Address): Access {
  const { IDENTITY_ENDPOINT, IDENTITY_HEADER, REQUESTS_CA_BUNDLE } = environmentOf(folder, address);
  return {
    subscription: simulatedSubscription,
    credential: {
      async getToken() {
        const answer = await fetch(`${IDENTITY_ENDPOINT}?resource=https://management.azure.com/`, {
          headers: { "X-IDENTITY-HEADER": IDENTITY_HEADER },
        });
        const { access_token: token, expires_on: expires } = ofIdentity.parse(await answer.json());
        return { token, expiresOnTimestamp: expires * 1000 };
      },
    },
    options: {
      endpoint: `https://localhost:${address.port}`,
      tlsOptions: { ca: readFileSync(REQUESTS_CA_BUNDLE, "utf8") },
      // On this machine nothing is gained by waiting.
      retryOptions: { retryDelayInMs: 20 },
    },
  };
}

/** https://learn.microsoft.com/cli/azure/account#az-account-get-access-token; `expires_on` is in seconds since 1970. */
const ofAz = z.object({ accessToken: z.string(), expires_on: z.number(), subscription: z.string() });

async function tokenOfAz(): Promise<z.output<typeof ofAz>> {
  const wanted = process.env.ARM_SUBSCRIPTION_ID;
  const { isGood, stdout, stderr } = await az([
    ...["account", "get-access-token", "--output", "json"],
    ...(wanted ? ["--subscription", wanted] : []),
  ]);
  if (isGood) return ofAz.parse(JSON.parse(stdout));
  throw new UsageError(
    `The Azure CLI gives no access${wanted ? ` to the subscription ${wanted}, which ARM_SUBSCRIPTION_ID names` : ""}: ${lastLine(stderr)}`,
  );
}

/** Where the Azure CLI is signed in: its cloud and its subscription, unless ARM_SUBSCRIPTION_ID names another one. */
async function signedIn(): Promise<Access> {
  const [first, cloud] = await Promise.all([
    tokenOfAz(),
    az(["cloud", "show", "--query", "endpoints.resourceManager", "--output", "tsv"]),
  ]);
  // The first token serves until it is about to end.
  let token = first;
  const bundle = process.env.REQUESTS_CA_BUNDLE;
  return {
    subscription: first.subscription,
    credential: {
      async getToken() {
        if (token.expires_on * 1000 < Date.now() + 300_000) token = await tokenOfAz();
        return { token: token.accessToken, expiresOnTimestamp: token.expires_on * 1000 };
      },
    },
    options: {
      endpoint: cloud.stdout.trim().replace(/\/$/, ""),
      // What the Azure CLI trusts instead of the usual authorities: a proxy's certificate, or that of a simulated Azure.
      ...(bundle ? { tlsOptions: { ca: readFileSync(bundle, "utf8") } } : {}),
    },
  };
}
