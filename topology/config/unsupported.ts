/**
 * What people ask for that this product cannot have. Each wish is recognised in an unknown key or its value and answered with the
 * reason and what to use instead, since "unknown key" alone would send the user looking for another spelling.
 */
const wishes: readonly {
  readonly wish: RegExp;
  /** Where the value alone says too little: 2019 is a version of Windows and of SQL Server too. */
  readonly ofKey?: RegExp;
  readonly message: string;
  readonly fix: string;
}[] = [
  {
    wish: /availability-?groups?\b|always-?on/i,
    message: "SQL Server Always On Availability Groups are not supported with Persistent Chat databases.",
    fix: "Leave it out: the lab mirrors each database inside its data center and ships logs to the other one (databases.witnesses, databases.secondaryMirror).",
  },
  {
    wish: /vlan/i,
    message:
      "A stretched pool needs no stretched VLAN, and virtual networks of two regions cannot share one.",
    fix: "Leave it out: give each data center its own dataCenters.<id>.addressSpace; the lab peers the two networks.",
  },
  {
    wish: /skype|sfb|lync|2019/i,
    ofKey: /^(?:product|release|version|edition|server)(?:version)?$|skype|sfb|lync/i,
    message:
      "Persistent Chat exists in Skype for Business Server 2015 only; Skype for Business Server 2019 has none.",
    fix: "Leave it out: the lab is always Skype for Business Server 2015. Its users' way onwards is Teams.",
  },
  {
    wish: /standard[- ]?edition/i,
    message:
      "A stretched Persistent Chat pool needs Enterprise Edition; with Standard Edition there is no high availability.",
    fix: "Leave it out: Front End pools are always Enterprise Edition with a back end of their own.",
  },
];

/** The answer to a known wish that this product cannot fulfil. */
export function unsupportedWish(key: string, value: unknown): { message: string; fix: string } | undefined {
  return wishes.find(
    ({ wish, ofKey = /^/ }) =>
      ofKey.test(key) && (wish.test(key) || (typeof value !== "object" && wish.test(String(value)))),
  );
}
