import type { DatabaseSet, Flow, Machine, MachineKind, Protocol, Share, Side } from "../model";
import { partiesOf } from "./databases";

/*
 * The traffic that the lab needs. Ports of Skype for Business: https://learn.microsoft.com/skypeforbusiness/plan-your-deployment/network-requirements/ports-and-protocols;
 * those of Active Directory are Windows' own. Everything else between the lab's machines is denied.
 */

/** Remote procedure calls: the mapper and the dynamic range of Windows. */
const rpc = ["135", "49152-65535"];
export const ports = {
  directoryTcp: ["53", "88", "389", "445", "464", "636", "3268-3269", "9389", ...rpc],
  directoryUdp: ["53", "88", "123", "389", "464"],
  sql: ["1433"],
  mirroringPartner: ["5022"],
  mirroringWitness: ["7022"],
  smb: ["445"],
  /** SIP, WCF, server to server, file transfer. Two pages disagree on 881 or 8011 for WCF, so both are open. */
  chat: ["5041", "881", "8011", "443"],
  frontEndTcp: [
    "80",
    "443-444",
    "448",
    "4443",
    "5060-5068",
    "5070-5073",
    "5075-5077",
    "5080-5082",
    "5086-5096",
    // The Registrar's, for federation: used with an Edge server only [inferred].
    "5098",
    "8057-8061",
    "8080",
    "8404",
    "9001",
    ...rpc,
  ],
  frontEndMedia: ["49152-65535"],
  /** SQL Server Browser, which tells where the named instances of local stores listen. */
  sqlBrowser: ["1434"],
  rdp: ["3389"],
} as const;

/** From whom to whom. */
type Ends = Pick<Flow, "from" | "to">;

const flow =
  (protocol: Protocol) =>
  (name: string, { from, to }: Ends, list: readonly string[], purpose: string): Flow => ({
    name,
    from,
    to,
    protocol,
    ports: list,
    purpose,
  });
const tcp = flow("TCP");
const udp = flow("UDP");

/** Every flow, in a fixed order: priorities of security rules follow it. */
export function planFlows(
  machines: readonly Machine[],
  sets: readonly DatabaseSet[],
  shares: readonly Share[],
  bastionPrefixes: readonly { readonly name: string; readonly prefix: string }[],
): readonly Flow[] {
  const of = (...kinds: MachineKind[]) =>
    machines.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name);
  const everyone = machines.map(({ name }) => name);
  const controllers = of("domainController");
  const frontEnds = of("frontEnd");
  const chat = of("persistentChat");
  const databases = of("sqlServer");
  const flows = [
    ...bastionPrefixes.map(({ name, prefix }) =>
      tcp(
        `rdp-from-${name}`,
        { from: { prefix }, to: everyone },
        ports.rdp,
        "Operators through Azure Bastion",
      ),
    ),
    tcp(
      "directory-tcp",
      { from: everyone, to: controllers },
      ports.directoryTcp,
      "DNS, Kerberos, LDAP, replication and certificates",
    ),
    udp("directory-udp", { from: everyone, to: controllers }, ports.directoryUdp, "DNS, Kerberos, time"),
    tcp(
      "sql",
      { from: [...frontEnds, ...chat, ...databases], to: databases },
      ports.sql,
      "mgc and mgccomp: pool, administration and partners",
    ),
    tcp(
      "back-end",
      { from: [...frontEnds, ...chat], to: of("backEnd") },
      ports.sql,
      "Back ends of the Front End pools and their central management store, which fills every local one [inferred]",
    ),
    tcp(
      "sql-setup",
      { from: frontEnds, to: of("sqlServer", "witness", "backEnd") },
      [...rpc, ...ports.smb],
      "Install-CsMirrorDatabase reads service accounts by WMI [inferred: ports]",
    ),
    ...sets.flatMap(mirroringFlows),
    ...shares.map(({ purpose, host, readWrite, readOnly, unc }) =>
      tcp(
        `${purpose}-${host.toLowerCase()}`,
        { from: [...readWrite, ...readOnly].filter((name) => name !== host), to: [host] },
        ports.smb,
        unc,
      ),
    ),
    tcp(
      "chat-pool",
      { from: [...chat, ...frontEnds], to: chat },
      [...ports.chat, ...ports.smb],
      "SIP, chat between servers, file transfer, configuration replica",
    ),
    tcp(
      "front-end",
      { from: [...frontEnds, ...chat], to: frontEnds },
      [...ports.frontEndTcp, ...ports.smb],
      "SIP, web services, conferencing, pool fabric, configuration replica",
    ),
    udp(
      "local-stores",
      { from: [...frontEnds, ...chat], to: [...frontEnds, ...chat] },
      ports.sqlBrowser,
      "SQL Server Browser of local stores",
    ),
    udp("front-end-media", { from: frontEnds, to: frontEnds }, ports.frontEndMedia, "Audio and video"),
  ];
  return flows.filter(({ from, to }) => to.length > 0 && ("prefix" in from || from.length > 0));
}

/**
 * Who connects to whom depends on who is the principal, so every party reaches every other. Partners and witness listen on different
 * ports, the defaults of Skype for Business' own tool.
 */
function mirroringFlows({ database, primary, secondary }: DatabaseSet): readonly Flow[] {
  const purpose = `Mirroring of ${database}`;
  const session = (name: string, side: Side) => {
    const { server, mirror, witness } = side;
    if (mirror === undefined) return [];
    const partners = [server, mirror];
    const witnesses = witness === undefined ? [] : [witness];
    return [
      tcp(name, { from: partiesOf(side), to: partners }, ports.mirroringPartner, purpose),
      tcp(`${name}-witness`, { from: partners, to: witnesses }, ports.mirroringWitness, purpose),
    ];
  };
  return [
    ...session(`${database}-mirroring`, primary),
    ...session(`${database}-secondary-mirroring`, secondary),
  ];
}
