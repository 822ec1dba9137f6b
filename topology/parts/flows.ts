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
    "8057-8061",
    "8080",
    "8404",
    "9001",
    ...rpc,
  ],
  frontEndMedia: ["49152-65535"],
  rdp: ["3389"],
} as const;

type MakeFlow = (
  name: string,
  protocol: Protocol,
  list: readonly string[],
  from: Flow["from"],
  to: readonly string[],
  purpose: string,
) => Flow;

const flow: MakeFlow = (name, protocol, list, from, to, purpose) => ({
  name,
  from,
  to,
  protocol,
  ports: list,
  purpose,
});

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
  const sqlHosts = of("sqlServer", "witness", "backEnd");
  const flows = [
    ...bastionPrefixes.map(({ name, prefix }) =>
      flow(`rdp-from-${name}`, "TCP", ports.rdp, { prefix }, everyone, "Operators through Azure Bastion"),
    ),
    flow(
      "directory-tcp",
      "TCP",
      ports.directoryTcp,
      everyone,
      controllers,
      "DNS, Kerberos, LDAP, replication and certificates",
    ),
    flow("directory-udp", "UDP", ports.directoryUdp, everyone, controllers, "DNS, Kerberos, time"),
    flow(
      "sql",
      "TCP",
      ports.sql,
      [...frontEnds, ...chat, ...databases],
      databases,
      "mgc and mgccomp: pool, administration and partners",
    ),
    flow(
      "back-end",
      "TCP",
      ports.sql,
      [...frontEnds, ...chat],
      of("backEnd"),
      "Back ends of the Front End pools and their central management store, which fills every local one [inferred]",
    ),
    flow(
      "sql-setup",
      "TCP",
      [...rpc, ...ports.smb],
      frontEnds,
      sqlHosts,
      "Install-CsMirrorDatabase reads service accounts by WMI [inferred: ports]",
    ),
    ...sets.flatMap((set) => mirroringFlows(set, flow)),
    ...shares.map((share) =>
      flow(
        `${share.purpose}-${share.host.toLowerCase()}`,
        "TCP",
        ports.smb,
        [...share.readWrite, ...share.readOnly].filter((name) => name !== share.host),
        [share.host],
        share.unc,
      ),
    ),
    flow(
      "chat-pool",
      "TCP",
      [...ports.chat, ...ports.smb],
      [...chat, ...frontEnds],
      chat,
      "SIP, chat between servers, file transfer, configuration replica",
    ),
    flow(
      "front-end",
      "TCP",
      [...ports.frontEndTcp, ...ports.smb],
      [...frontEnds, ...chat],
      frontEnds,
      "SIP, web services, conferencing, pool fabric, configuration replica",
    ),
    flow("front-end-media", "UDP", ports.frontEndMedia, frontEnds, frontEnds, "Audio and video"),
  ];
  return flows.filter(({ from, to }) => to.length > 0 && ("prefix" in from || from.length > 0));
}

/**
 * Who connects to whom depends on who is the principal, so every party reaches every other. Partners and witness listen on different
 * ports, the defaults of Skype for Business' own tool.
 */
function mirroringFlows(set: DatabaseSet, flow: MakeFlow): readonly Flow[] {
  const purpose = `Mirroring of ${set.database}`;
  const session = (name: string, side: Side) => {
    const { server, mirror, witness } = side;
    if (mirror === undefined) return [];
    const partners = [server, mirror];
    return [
      flow(name, "TCP", ports.mirroringPartner, partiesOf(side), partners, purpose),
      flow(
        `${name}-witness`,
        "TCP",
        ports.mirroringWitness,
        partners,
        witness === undefined ? [] : [witness],
        purpose,
      ),
    ];
  };
  return [
    ...session(`${set.database}-mirroring`, set.primary),
    ...session(`${set.database}-secondary-mirroring`, set.secondary),
  ];
}
