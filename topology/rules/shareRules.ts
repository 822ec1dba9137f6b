import { type Rule, when } from "./rule";

/** Microsoft's plan: every SQL Server of both data centers that runs these databases reads and writes the backup share. */
export const backupShareIsOpenToEveryDatabaseServer: Rule = ({ plan }) =>
  plan.shares
    .filter(({ purpose }) => purpose === "log-shipping-backup")
    .flatMap((share) => {
      const shutOut = plan.machines.filter(
        ({ kind, name }) => kind === "sqlServer" && !share.readWrite.includes(name),
      );
      return when(shutOut.length > 0, () => ({
        path: "databases.backupShare",
        message: `${shutOut.map(({ name }) => name).join(", ")} may not write to ${share.unc}.`,
        fix: "Give every database server of both data centers read and write access.",
      }));
    });

export const backupShareIsNoPartOfAFileStore: Rule = ({ plan }) => {
  const stores = plan.shares.filter(
    ({ purpose }) => purpose === "chat-file-store" || purpose === "front-end-file-store",
  );
  const inside = (path: string, folder: string) =>
    `${path}\\`.toLowerCase().startsWith(`${folder}\\`.toLowerCase());
  return plan.shares
    .filter(({ purpose }) => purpose === "log-shipping-backup")
    .flatMap((share) => stores.filter((store) => store.host === share.host && inside(share.path, store.path)))
    .map((store) => ({
      path: "databases.backupShare",
      message: `The backup share lies inside the file store ${store.unc}; it may not be part of one.`,
      fix: "Give it a folder of its own.",
    }));
};

export const copyShareStandsOnTheSecondary: Rule = ({ plan }) =>
  plan.databaseSets
    .filter(
      (set) => plan.shares.find(({ id }) => id === set.logShipping.copyShare)?.host !== set.secondary.server,
    )
    .map((set) => ({
      path: "databases",
      message: `Copied logs of ${set.database} would not arrive on its log-shipping secondary ${set.secondary.server}.`,
      fix: "Place the copy share on the secondary.",
    }));
