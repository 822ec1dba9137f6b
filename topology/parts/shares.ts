import type { Config } from "../config/schema";
import type { DataCenterId, Machine, Share, SharePurpose } from "../model";
import { databaseNames } from "./databases";
import { find } from "./invariants";
import { folderOn } from "./machines";
import { fqdn, machineName } from "./names";

const shareNames: Readonly<Record<SharePurpose, string>> = {
  "log-shipping-backup": "LsBackup",
  "log-shipping-copy": "LsCopy",
  "chat-file-store": "ChatStore",
  "front-end-file-store": "FrontEndStore",
};

const onFileServer = (name: string) => folderOn("fileServer", "Shares", name);

const pathOf: Readonly<Record<SharePurpose, (name: string) => string>> = {
  "log-shipping-backup": onFileServer,
  "log-shipping-copy": (name) => folderOn("sqlServer", "Data", name),
  "chat-file-store": onFileServer,
  "front-end-file-store": onFileServer,
};

/** Data centers that need a file server. */
export function fileServerSites(config: Config): readonly DataCenterId[] {
  return (["primary", "secondary"] as const).filter(
    (id) =>
      config.databases.backupShare === id || config.pool.fileStore === id || config.frontEnds.servers > 0,
  );
}

/**
 * All shares. The backup share is for every SQL Server of both data centers that runs the databases, and no part of a file store,
 * although one file server may hold both.
 */
export function planShares(config: Config, machines: readonly Machine[]): readonly Share[] {
  const named = (filter: (machine: Machine) => boolean) => machines.filter(filter).map(({ name }) => name);
  const databaseServers = named(({ kind }) => kind === "sqlServer");
  const chatServers = named(({ kind }) => kind === "persistentChat");
  const frontEnds = named(({ kind }) => kind === "frontEnd");
  const fileServer = (id: DataCenterId) => machineName(id, "FS", 1);
  const databases = databaseNames(config);

  const share = (
    purpose: SharePurpose,
    host: string,
    access: Pick<Share, "folders" | "readWrite" | "readOnly">,
  ): Share => {
    const name = shareNames[purpose];
    const unc = `\\\\${fqdn(host, config.domain)}\\${name}`;
    return { id: `${host}/${name}`, name, host, unc, path: pathOf[purpose](name), purpose, ...access };
  };

  const backup = share("log-shipping-backup", fileServer(config.databases.backupShare), {
    folders: databases,
    readWrite: databaseServers,
    readOnly: [],
  });
  const copies = machines
    .map((machine) => ({
      machine,
      folders: databases.filter((database) => machine.roles.includes(`${database}-secondary`)),
    }))
    .filter(({ folders }) => folders.length > 0)
    .map(({ machine, folders }) =>
      share("log-shipping-copy", machine.name, {
        folders,
        readWrite: [machine.name],
        readOnly: databaseServers.filter((name) => name !== machine.name),
      }),
    );
  const chatStore = share("chat-file-store", fileServer(config.pool.fileStore), {
    folders: [],
    readWrite: [...chatServers, ...frontEnds],
    readOnly: [],
  });
  const frontEndStores = fileServerSites(config)
    .filter(() => config.frontEnds.servers > 0)
    .map((id) =>
      share("front-end-file-store", fileServer(id), { folders: [], readWrite: frontEnds, readOnly: [] }),
    );
  return [backup, ...copies, chatStore, ...frontEndStores];
}

/** The id of the share with a purpose; with a host where several machines have one. */
export function shareId(shares: readonly Share[], purpose: SharePurpose, host?: string): string {
  return find(
    shares,
    `${purpose} share${host === undefined ? "" : ` on ${host}`}`,
    (share) => share.purpose === purpose && (host === undefined || share.host === host),
  ).id;
}
