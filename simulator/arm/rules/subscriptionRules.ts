import { ArmError, badRequest, conflict, notFound } from "../armError";
import { list, text } from "../inputs";
import { isAmong, restrictionsOf } from "../limits";
import { resourceTypes, tokens } from "../resourceTypes";
import { type ArmRule, type ArmRules, ofType, type Request } from "./rule";

/* What Azure refuses because this subscription may not have it. */

/** https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-register-resource-provider */
const providerIsRegistered: ArmRule = ({ token, limits }) => {
  const [namespace = ""] = resourceTypes[token]?.armType.split("/") ?? [];
  return isAmong(limits.providers, namespace)
    ? conflict(
        "MissingSubscriptionRegistration",
        `The subscription is not registered to use namespace '${namespace}'. See https://aka.ms/rps-not-found for how to register subscriptions.`,
      )
    : undefined;
};

/** https://learn.microsoft.com/azure/role-based-access-control/troubleshooting */
const actionIsPermitted: ArmRule = ({ id, token, limits }) => {
  const action = `${resourceTypes[token]?.armType}/write`;
  return isAmong(limits.deniedActions, action)
    ? new ArmError(
        403,
        "AuthorizationFailed",
        `The client does not have authorization to perform action '${action}' over scope '${id}' or the scope is invalid.`,
      )
    : undefined;
};

const machine = (rule: ArmRule) => ofType(tokens.machine, rule);

/** A machine keeps the size that it has. https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-sku-not-available */
const sizeIsOffered: ArmRule = machine(({ inputs, existing, limits }) => {
  const [size, region] = [text(inputs, "hardwareProfile.vmSize"), text(inputs, "location")];
  if (existing !== undefined && text(existing.inputs, "hardwareProfile.vmSize") === size) return undefined;
  const zones = list(inputs, "zones");
  const isRestricted = restrictionsOf(limits, size, region).some(
    (one) => one.zones === undefined || one.zones.some((zone) => zones.includes(zone)),
  );
  return isRestricted
    ? conflict(
        "SkuNotAvailable",
        `The requested VM size for resource 'Following SKUs have failed for Capacity Restrictions: ${size}' is currently not available in location '${region}'. Please try another size or deploy to a different location or different zone. See https://aka.ms/azureskunotavailable for details.`,
      )
    : undefined;
});

const imageOf = ({ inputs }: Request): string =>
  ["publisher", "offer", "sku"]
    .map((part) => text(inputs, `storageProfile.imageReference.${part}`))
    .join(":");

const imageIsThere: ArmRule = machine((request) => {
  const image = imageOf(request);
  return request.existing === undefined && isAmong(request.limits.missingImages, image)
    ? notFound("PlatformImageNotFound", `The platform image '${image}:latest' is not available.`)
    : undefined;
});

/** https://learn.microsoft.com/troubleshoot/azure/virtual-machines/linux/marketplace-terms (code and status as `az` and Terraform show them) */
const termsAreAccepted: ArmRule = machine((request) => {
  const image = imageOf(request);
  return request.existing === undefined && isAmong(request.limits.openTerms, image)
    ? badRequest(
        "ResourcePurchaseValidationFailed",
        `User failed validation to purchase resources. You have not accepted the legal terms on this subscription for this plan: ${image}.`,
        "inferred",
      )
    : undefined;
});

export const subscriptionRules: ArmRules = {
  providerIsRegistered,
  actionIsPermitted,
  sizeIsOffered,
  imageIsThere,
  termsAreAccepted,
};
