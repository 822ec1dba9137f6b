import { isUtf8 } from "node:buffer";
import {
  isPair,
  isScalar,
  LineCounter,
  type ParsedNode,
  parseAllDocuments,
  type ScalarTag,
  visit,
  type YAMLError,
} from "yaml";

/*
 * YAML as Pulumi reads it, by go-yaml: YAML 1.2 with the merge keys, octal numbers, underscores and times of 1.1. Tried with Pulumi 3.259.
 */

/** What a file says, or why it says nothing. */
export type YamlContent =
  | {
      readonly content: unknown;
      /** Plain numbers that YAML reads otherwise than people do, by their path. */
      readonly octals: readonly { readonly path: readonly string[]; readonly text: string }[];
      readonly documents: number;
    }
  | { readonly problem: string; readonly fix: string };

const digits = (text: string) => text.replaceAll("_", "");

function wholeNumber(text: string): number {
  const sign = text.startsWith("-") ? -1 : 1;
  const plain = digits(text).replace(/^[-+]/, "");
  // Number() knows 0o, 0x and 0b; the octals of YAML 1.1 begin with a nought alone.
  return sign * Number(/^0[0-7]+$/.test(plain) ? `0o${plain.slice(1)}` : plain);
}

const goInteger: ScalarTag = {
  tag: "tag:yaml.org,2002:int",
  default: true,
  test: /^[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|[1-9][0-9_]*|0)$/,
  resolve: wholeNumber,
};

const goFloat: ScalarTag = {
  tag: "tag:yaml.org,2002:float",
  default: true,
  test: /^[-+]?(?:\.[0-9_]+|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?$/,
  resolve: (text) => Number(digits(text)),
};

/** Days and times become text, as Go prints them. */
const goTime: ScalarTag = {
  tag: "tag:yaml.org,2002:timestamp",
  default: true,
  test: /^\d{4}-\d{1,2}-\d{1,2}(?:(?:[Tt]\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?(?:Z|[-+]\d{2}:\d{2}))|(?: \d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?))?$/,
  resolve: (text) => {
    const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "", zone = "Z"] =
      /^(\d+)-(\d+)-(\d+)(?:[Tt ](\d+):(\d+):(\d+)(\.\d+)?(Z|[-+]\d{2}:\d{2})?)?$/.exec(text) ?? [];
    const two = (number = "") => number.padStart(2, "0");
    const part = fraction.replace(/\.?0+$/, "");
    const where =
      zone === "Z" || zone === "+00:00" ? "+0000 UTC" : `${zone.replace(":", "")} ${zone.replace(":", "")}`;
    return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}${part} ${where}`;
  },
};

/** Reads the first document of a text, which is the one that Pulumi takes. */
export function readYaml(bytes: Buffer): YamlContent {
  if (bytes.includes(0) || !isUtf8(bytes))
    return {
      problem: "It is no UTF-8 text; > in Windows PowerShell writes UTF-16.",
      fix: "Save it as UTF-8.",
    };
  const lines = new LineCounter();
  const documents = parseAllDocuments<ParsedNode>(bytes.toString("utf8"), {
    merge: true,
    prettyErrors: false,
    // The library's own search compares every key of a map with every other.
    uniqueKeys: false,
    lineCounter: lines,
    logLevel: "silent",
    customTags: (tags) => [
      ...tags.filter(
        (tag) => typeof tag === "string" || !/:(int|float)$/.test(tag.tag) || tag.test?.test(".inf") === true,
      ),
      goInteger,
      goTime,
      goFloat,
    ],
  });
  const document = "empty" in documents ? undefined : documents[0];
  if (document === undefined) return { content: undefined, octals: [], documents: 0 };
  const [error] = document.errors;
  if (error !== undefined) return broken(error, lines);
  const twice = duplicateKey(document);
  if (twice !== undefined) {
    const { line, col } = lines.linePos(twice.at);
    return {
      problem: `Line ${line}, column ${col}: the key ${twice.key} stands there for the second time.`,
      fix: "Keep one of the two.",
    };
  }
  const octals: { path: readonly string[]; text: string }[] = [];
  visit(document, {
    Scalar: (_key, node, ancestors) => {
      if (typeof node.value !== "number" || !/^[-+]?0[0-7]+$/.test(node.source ?? "")) return;
      const path = ancestors.flatMap((one) =>
        isPair(one) && isScalar(one.key) ? [String(one.key.value)] : [],
      );
      octals.push({ path, text: node.source ?? "" });
    },
  });
  try {
    return { content: plain(document.toJS(), []), octals, documents: documents.length };
  } catch (cause) {
    // An alias without an anchor, or one inside itself, is found only here.
    return { problem: `It is not valid YAML: ${(cause as Error).message}.`, fix: "Correct the file." };
  }
}

/** What Go has of YAML's rarer kinds: a set is a map of nothings, bytes are text. Throws where something is inside itself. */
function plain(value: unknown, around: readonly object[]): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (around.includes(value)) throw new Error("an alias stands inside of what it names");
  if (value instanceof Uint8Array) return Buffer.from(value).toString("utf8");
  const inside = [...around, value];
  if (value instanceof Set) return Object.fromEntries([...value].map((key) => [String(key), null]));
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([key, one]) => [String(key), plain(one, inside)]));
  if (Array.isArray(value)) return value.map((one) => plain(one, inside));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one, inside)]));
}

/** The first key that stands twice in its map. */
function duplicateKey(
  document: Parameters<typeof visit>[0],
): { readonly key: string; readonly at: number } | undefined {
  let found: { readonly key: string; readonly at: number } | undefined;
  visit(document, {
    Map: (_key, { items }) => {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key) || key.value === "<<") continue;
        if (seen.has(key.value)) {
          found = { key: String(key.value), at: key.range?.[0] ?? 0 };
          return visit.BREAK;
        }
        seen.add(key.value);
      }
      return undefined;
    },
  });
  return found;
}

/** What people do wrong most, in their words; the library's for the rest. */
function broken({ code, message, pos }: YAMLError, lines: LineCounter): YamlContent {
  const { line, col } = lines.linePos(pos[0]);
  const at = `Line ${line}, column ${col}`;
  if (code === "TAB_AS_INDENT")
    return { problem: `${at}: a tab begins the line.`, fix: "YAML takes nothing but spaces there." };
  if (message.includes("call stack"))
    return { problem: `${at}: it is nested too deeply.`, fix: "A stack file needs four levels." };
  return { problem: `${at}: it is not valid YAML: ${message}.`, fix: "Correct the file." };
}
