import { imageVersion } from "../azure/images";
import { error, warning, when } from "./rule";

export const splitAddsUp = error(({ config: { pool } }) => {
  const [primary, secondary] = pool.split ?? [0, 0];
  return when(pool.split !== undefined && primary + secondary !== pool.servers, () => ({
    path: "pool.split",
    also: ["pool.servers"],
    value: pool.split,
    message: `The split makes ${primary + secondary} servers, and the pool has ${pool.servers}.`,
    fix: `Set pool.servers to ${primary + secondary}, or correct the split.`,
  }));
});

export const activeServersAreInThePool = error(({ config: { pool } }) =>
  [...new Set(pool.active)]
    .filter((server) => server > pool.servers)
    .map((server) => ({
      path: "pool.active",
      also: ["pool.servers"],
      value: pool.active,
      message: `Server ${server} is not in the pool, which has ${pool.servers}.`,
      fix: `Use positions from 1 to ${pool.servers}.`,
    })),
);

export const activeServersAreListedOnce = error(({ config: { pool } }) =>
  when(new Set(pool.active).size !== (pool.active?.length ?? 0), () => ({
    path: "pool.active",
    value: pool.active,
    message: "A server is listed twice.",
    fix: "List each position once.",
  })),
);

/** Active servers must stand with the primary database, or with a fast link to it. */
export const activeServersAreNearTheDatabase = error(({ plan }) => {
  const far = plan.machines.filter((machine) => machine.active && machine.dataCenter === "secondary");
  return when(plan.link === "low-bandwidth-high-latency" && far.length > 0, () => ({
    path: "pool.active",
    also: ["link", "pool.servers", "pool.split"],
    value: plan.machines.filter(({ active }) => active).map(({ poolServer }) => poolServer),
    message: `Over a slow link all active servers stand with the primary database, but ${far.map(({ name }) => name).join(", ")} would be active in the secondary data center.`,
    fix: "Use positions in the primary data center only, leave pool.active out, or use link: high-bandwidth-low-latency.",
  }));
});

export const eachDataCenterCarriesAllActiveServers = warning(({ plan }) =>
  (["primary", "secondary"] as const)
    .map(
      (id) =>
        plan.machines.filter((machine) => machine.kind === "persistentChat" && machine.dataCenter === id)
          .length,
    )
    .flatMap((servers, index) =>
      when(servers < plan.pool.active.length, () => ({
        path: "pool.servers",
        also: ["pool.active", "pool.split"],
        value: plan.pool.servers.length,
        message: `The ${index === 0 ? "primary" : "secondary"} data center has ${servers} of the pool's servers and could not take over all ${plan.pool.active.length} active ones.`,
        fix: "Use twice as many servers as are active, or fewer active ones.",
      })),
    ),
);

/** Persistent Chat has one file store, and nothing copies it to the other data center. */
export const fileStoreSurvivesThePrimary = warning(({ config: { pool, site } }) =>
  when(pool.fileStore === "primary" && site === "primary", () => ({
    path: "pool.fileStore",
    value: "primary",
    message:
      "When the primary data center is lost, so is the file store: uploaded files are gone, and the pool needs another store before files can be sent.",
    fix: "Use secondary, unless this loss is what you want to rehearse.",
  })),
);

export const poolNameIsFree = error(({ plan }) => {
  const taken = [...plan.machines, ...plan.frontEndPools].map(({ fqdn }) => fqdn);
  return when(taken.includes(plan.pool.fqdn), () => ({
    path: "pool.name",
    value: plan.pool.name,
    message: "A machine or a Front End pool has this name already.",
    fix: "Choose another name for the pool.",
  }));
});

export const frontEndPoolsCanStart = warning(({ config: { frontEnds } }) =>
  when(frontEnds.servers > 0 && frontEnds.servers < 3, () => ({
    path: "frontEnds.servers",
    value: frontEnds.servers,
    message:
      "An Enterprise Edition pool of fewer than three Front Ends has no quorum to spare; pools of two are discouraged.",
    fix: "Use 3 or more; with fewer, expect the pool to stop with its first server.",
  })),
);

export const poolHasANextHop = warning(({ plan }) =>
  when(plan.pool.nextHop === undefined, () => ({
    path: "frontEnds.servers",
    value: 0,
    message:
      "Without Front Ends the pool has no next hop: databases can be drilled, but Skype for Business cannot be installed.",
    fix: "Use 1 or more Front Ends to install Skype for Business.",
  })),
);

export const mediaHasFrontEnds = error(({ config: { media, frontEnds } }) =>
  when(media !== undefined && frontEnds.servers === 0, () => ({
    path: "media",
    also: ["frontEnds.servers"],
    message: "The directory is prepared from a Front End, and there is none to install the media on.",
    fix: "Use 1 or more Front Ends, or leave media out.",
  })),
);

/** Source: https://learn.microsoft.com/skypeforbusiness/plan-your-deployment/requirements-for-your-environment/server-requirements */
const oldestUpdates: Readonly<Record<number, number>> = { 2016: 5, 2019: 9 };

export const mediaBringTheUpdate = error(({ config: { media, machines } }) => {
  const versions = [machines.frontEnd, machines.persistentChat].map(({ image }) => imageVersion(image) ?? 0);
  const version = Math.max(...versions);
  const oldest = oldestUpdates[version];
  return when(media !== undefined && media.update === undefined && oldest !== undefined, () => ({
    path: "media.update",
    also: ["machines.frontEnd.image", "machines.persistentChat.image"],
    message: `Skype for Business Server 2015 needs its cumulative update ${oldest} or later on Windows Server ${version}.`,
    fix: "Bring number 9 or later: put SkypeServerUpdateInstaller.exe into a blob and give media.update its url and sha256.",
  }));
});

/** [inferred] from public installation scripts: Microsoft's page names the module for its mitigation service only. */
export const mediaBringUrlRewrite = error(({ config: { media, machines } }) => {
  const version = imageVersion(machines.frontEnd.image) ?? 0;
  return when(media !== undefined && media.urlRewrite === undefined && version >= 2016, () => ({
    path: "media.urlRewrite",
    also: ["machines.frontEnd.image"],
    message: `Front Ends need the IIS URL Rewrite module on Windows Server ${version}.`,
    fix: "Put rewrite_amd64_en-US.msi into a blob and give media.urlRewrite its url and sha256.",
  }));
});
