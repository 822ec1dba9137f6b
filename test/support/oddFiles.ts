/** Lines below `config:` that YAML reads otherwise than people may think, and what Pulumi hands to a program of them. */
export const oddFiles: readonly {
  readonly title: string;
  readonly lines: string;
  readonly raw: Readonly<Record<string, unknown>>;
}[] = [
  { title: "keys without a namespace", lines: "lab: abc", raw: { lab: "abc" } },
  {
    title: "merge keys",
    lines: "persistent-chat-lab:tags: { a: &a { x: '1', y: '2' }, b: { <<: *a, y: '3' } }",
    raw: { tags: { a: { x: "1", y: "2" }, b: { x: "1", y: "3" } } },
  },
  {
    title: "days and times",
    lines: `persistent-chat-lab:tags:
    day: 2027-01-31
    short: 2027-1-5
    second: 2027-01-31T10:00:00.50Z
    zone: 2027-01-31T10:00:00+02:00
    none: 2027-01-31 10:00:00
    text: 12:30:00
  persistent-chat-lab:lab: 2027-01-31`,
    raw: {
      tags: {
        day: "2027-01-31 00:00:00 +0000 UTC",
        short: "2027-01-05 00:00:00 +0000 UTC",
        second: "2027-01-31 10:00:00.5 +0000 UTC",
        zone: "2027-01-31 10:00:00 +0200 +0200",
        none: "2027-01-31 10:00:00 +0000 UTC",
        text: "12:30:00",
      },
      lab: "2027-01-31 00:00:00 +0000 UTC",
    },
  },
  {
    title: "numbers of all kinds",
    lines:
      "persistent-chat-lab:tags: { a: 1_000, b: 0700, c: 0o17, d: 08, e: 0x1F, f: 0b11, g: 1.50, h: 1e3, i: +5, j: 1_0.5 }",
    raw: { tags: { a: 1000, b: 448, c: 15, d: 8, e: 31, f: 3, g: 1.5, h: 1000, i: 5, j: 10.5 } },
  },
  {
    title: "numbers of the first level, which are text",
    lines: "persistent-chat-lab:lab: 0700\n  persistent-chat-lab:domain: 1.0",
    raw: { lab: "448", domain: "1" },
  },
  {
    title: "words that were truth values once",
    lines: "persistent-chat-lab:tags: { a: yes, b: on, c: TRUE, d: False, e: ~ }",
    raw: { tags: { a: "yes", b: "on", c: true, d: false, e: null } },
  },
  {
    title: "truth values of the first level",
    lines: "persistent-chat-lab:protectData: TRUE",
    raw: { protectData: true },
  },
  {
    title: "keys that are no text",
    lines: "persistent-chat-lab:tags: { 1: a, true: b }",
    raw: { tags: { "1": "a", true: "b" } },
  },
  { title: "text with a type", lines: "persistent-chat-lab:tags: { a: !!str 5 }", raw: { tags: { a: "5" } } },
  {
    title: "sets and bytes",
    lines:
      "persistent-chat-lab:tags: !!set { a, b }\n  persistent-chat-lab:pool: { name: !!binary cGNoYXQ= }",
    raw: { tags: { a: null, b: null }, pool: { name: "pchat" } },
  },
  { title: "a key without a value", lines: "persistent-chat-lab:lab:", raw: { lab: "" } },
  {
    title: "JSON text",
    lines: `persistent-chat-lab:frontEnds: '{"servers":0}'`,
    raw: { frontEnds: { servers: 0 } },
  },
];
