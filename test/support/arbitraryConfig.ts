import fc from "fast-check";
import { sqlImages, windowsImages } from "../../topology/azure/images";
import { hasZones, regions } from "../../topology/azure/regions";
import { timeZones } from "../../topology/azure/timeZones";
import { media } from "./config";

const side = fc.constantFrom("primary" as const, "secondary" as const);
const sides = fc.constantFrom("none", "primary", "secondary", "both");

/** What a data center's keys may be together. */
const dataCenter = (region: string, second: number) =>
  fc.record(
    {
      region: fc.constant(region),
      addressSpace: fc
        .integer({ min: 12, max: 23 })
        .map((bits) => `10.${bits < 16 ? second * 16 : second}.0.0/${bits}`),
      faultIsolation: hasZones(region)
        ? fc.constantFrom("zones", "availability-sets")
        : fc.constant("availability-sets"),
      zones: fc.shuffledSubarray([1, 2, 3], { minLength: 3 }),
    },
    { requiredKeys: ["region", "addressSpace"] },
  );

const dataCenters = fc
  .uniqueArray(fc.constantFrom(...regions), { minLength: 2, maxLength: 2 })
  .chain(([one = "", other = ""]) =>
    fc.record({ primary: dataCenter(one, 1), secondary: dataCenter(other, 2) }),
  );

const link = fc.constantFrom("high-bandwidth-low-latency", "low-bandwidth-high-latency");

/** The active list must fit the pool's size, and the link. */
const linkAndPool = fc
  .record({ link, servers: fc.integer({ min: 2, max: 8 }), uneven: fc.boolean() })
  .chain(({ link, servers, uneven }) =>
    fc
      .integer({ min: 1, max: servers - 1 })
      .map((primary) => ({ link, servers, split: uneven ? [primary, servers - primary] : undefined })),
  )
  .chain(({ link, servers, split }) => {
    const here = split?.[0] ?? Math.ceil(servers / 2);
    const near = link === "low-bandwidth-high-latency" ? here : servers;
    const active = fc.uniqueArray(fc.integer({ min: 1, max: near }), { minLength: 1, maxLength: 4 });
    const pool = fc.record(
      {
        servers: fc.constant(servers),
        active,
        fileStore: side,
        name: fc.constantFrom("pchat", "rooms", "a-b1"),
      },
      { requiredKeys: ["servers"] },
    );
    return fc.record({
      link: fc.constant(link),
      pool: pool.map((one) => (split === undefined ? one : { ...one, split })),
    });
  });

const logShipping = fc.integer({ min: 1, max: 60 }).chain((intervalMinutes) => {
  const alert = fc.integer({ min: intervalMinutes + 1, max: 300 });
  return fc.record({
    intervalMinutes: fc.constant(intervalMinutes),
    backupAlertMinutes: alert,
    restoreAlertMinutes: alert,
    retentionMinutes: fc.integer({ min: 301, max: 43200 }),
  });
});

const databases = fc
  .record({
    secondaryMirror: fc.boolean(),
    witnesses: sides,
    compliance: fc.constantFrom("off", "shared", "dedicated"),
    backupShare: side,
    logShipping,
  })
  .map((chosen) => ({
    ...chosen,
    witnesses: chosen.secondaryMirror
      ? chosen.witnesses
      : { none: "none", secondary: "none", primary: "primary", both: "primary" }[chosen.witnesses],
  }));

/** Sizes with enough of everything for every kind of machine. */
const size = fc.constantFrom("Standard_D4s_v5", "Standard_D8as_v5", "Standard_E4s_v5");

/** What a kind of machine may have; one image where another kind must have the same. */
const machine = (...images: readonly string[]) =>
  fc.record(
    {
      size,
      image: fc.constantFrom(...images),
      trustedLaunch: fc.boolean(),
      osDiskGiB: fc.integer({ min: 127, max: 4095 }),
    },
    { requiredKeys: images.length === 1 ? ["image"] : [] },
  );
const withDataDisks = (...images: readonly string[]) =>
  fc
    .tuple(
      machine(...images),
      fc.record({ dataDiskGiB: fc.integer({ min: 4, max: 32767 }) }, { requiredKeys: [] }),
    )
    .map(([one, disks]) => ({ ...one, ...disks }));

const windows = Object.keys(windowsImages);
const sql = Object.keys(sqlImages);

/** Partners and their witness run the same version. */
const partnersAndWitness = fc
  .constantFrom(...sql)
  .chain((image) => fc.record({ sqlServer: withDataDisks(image), witness: machine(image) }));

const machines = fc
  .tuple(
    fc.record(
      {
        domainController: withDataDisks(...windows),
        fileServer: withDataDisks(...windows),
        frontEnd: machine(...windows),
        backEnd: withDataDisks(...sql),
        persistentChat: machine(...windows),
      },
      { requiredKeys: [] },
    ),
    fc.option(partnersAndWitness, { nil: {} }),
  )
  .map(([one, other]) => ({ ...one, ...other }));

/** Any configuration that has no errors; some have warnings. */
export const validConfig = fc
  .record({
    dataCenters,
    linkAndPool,
    site: side,
    databases,
    frontEnds: fc.record({ servers: fc.integer({ min: 0, max: 12 }) }),
    withMedia: fc.boolean(),
    autoShutdown: fc.record({
      enabled: fc.boolean(),
      controllers: fc.boolean(),
      time: fc.constantFrom("0000", "1930", "2359"),
      timeZone: fc.constantFrom(...timeZones),
    }),
    machines,
    adminUser: fc.constantFrom("labadmin", "boss"),
    bastion: sides,
    protectData: fc.boolean(),
    lab: fc.constantFrom("l1", "pchatlab"),
    domain: fc.constantFrom("lab.test", "fifteencharsxxx.a.example"),
    tags: fc.dictionary(fc.stringMatching(/^own[a-z]{1,8}$/), fc.string({ maxLength: 20 }), { maxKeys: 5 }),
  })
  .map(({ linkAndPool, withMedia, ...rest }) => ({
    ...rest,
    ...linkAndPool,
    ...(withMedia && rest.frontEnds.servers > 0 ? { media } : {}),
  }));
