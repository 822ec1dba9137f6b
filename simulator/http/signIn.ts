import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { ArmError } from "../arm/armError";
import type { Inputs } from "../arm/inputs";
import { tenantId } from "./subscription";

/*
 * Who may ask. The Azure CLI signs in as a managed identity does on a machine: it asks an address that the environment names for a token,
 * with a secret that the environment holds. https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference
 */

const clientId = "00000000-0000-0000-0000-00000000000c";
const lifetimeSeconds = 8 * 3600;

const encoded = (value: object | Buffer) =>
  (Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value))).toString("base64url");

export class SignIn {
  /** @param secret what whoever asks for a token must know */
  constructor(private readonly secret: string) {}

  private signatureOf(text: string): string {
    return encoded(createHmac("sha256", this.secret).update(text).digest());
  }

  /** A token for whoever knows the secret. */
  answer(header: string | undefined, resource: string, now = Date.now()): Inputs {
    if (header === undefined || !isSame(header, this.secret))
      throw new ArmError(
        401,
        "Unauthorized",
        "The header X-IDENTITY-HEADER is not the one of this server.",
        "inferred",
      );
    const issued = Math.floor(now / 1000);
    const expires = issued + lifetimeSeconds;
    const claims = {
      aud: resource,
      iss: `https://sts.windows.net/${tenantId}/`,
      iat: issued,
      nbf: issued,
      exp: expires,
      appid: clientId,
      oid: clientId,
      sub: clientId,
      tid: tenantId,
      idtyp: "app",
      jti: randomUUID(),
      ver: "1.0",
    };
    const head = `${encoded({ alg: "HS256", typ: "JWT" })}.${encoded(claims)}`;
    return {
      access_token: `${head}.${this.signatureOf(head)}`,
      client_id: clientId,
      expires_on: String(expires),
      expires_in: String(lifetimeSeconds),
      not_before: String(issued),
      resource,
      token_type: "Bearer",
    };
  }

  /** Throws unless a request bears a token of this server that is still good. */
  check(authorization: string | undefined, now = Date.now()): void {
    const [, token] = /^Bearer (\S+)$/i.exec(authorization ?? "") ?? [];
    if (token === undefined)
      throw new ArmError(
        401,
        "AuthenticationFailed",
        "Authentication failed. The 'Authorization' header is missing.",
      );
    const [head = "", claims = "", signature = ""] = token.split(".");
    if (!isSame(signature, this.signatureOf(`${head}.${claims}`)))
      throw new ArmError(401, "InvalidAuthenticationToken", "The access token is invalid.");
    const { exp = 0 } = JSON.parse(Buffer.from(claims, "base64url").toString()) as { readonly exp?: number };
    if (exp * 1000 < now)
      throw new ArmError(
        401,
        "ExpiredAuthenticationToken",
        "The access token expiry UTC time is earlier than current UTC time.",
      );
  }
}

function isSame(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  return first.length === second.length && timingSafeEqual(first, second);
}

/** What clients ask first of a cloud that they do not know: https://learn.microsoft.com/azure/azure-resource-manager/management/ (metadata/endpoints). */
export const metadataOf = (origin: string, name: string): Inputs => ({
  name,
  portal: origin,
  authentication: {
    loginEndpoint: `${origin}/`,
    audiences: [`${origin}/`, origin],
    tenant: "common",
    identityProvider: "AAD",
  },
  resourceManager: `${origin}/`,
  media: origin,
  graphAudience: `${origin}/`,
  graph: `${origin}/`,
  microsoftGraphResourceId: `${origin}/`,
  gallery: origin,
  activeDirectoryDataLake: origin,
  batch: origin,
  sqlManagement: origin,
  vmImageAliasDoc: `${origin}/aliases.json`,
  suffixes: {
    storage: "core.simulated.invalid",
    keyVaultDns: "vault.simulated.invalid",
    sqlServerHostname: "database.simulated.invalid",
    acrLoginServer: "azurecr.simulated.invalid",
  },
});
