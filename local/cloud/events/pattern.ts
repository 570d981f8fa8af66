import { isObject, type JsonObject } from "../json.ts";

/** An event pattern or filter that means nothing. */
export class InvalidPattern extends Error {
  override readonly name = "InvalidPattern";
}

const operators = [
  "prefix",
  "suffix",
  "equals-ignore-case",
  "anything-but",
  "numeric",
  "exists",
  "cidr",
  "wildcard",
  "exactly",
];

/**
 * Whether an event matches an EventBridge event pattern, or a record the filter of a Lambda event source mapping:
 * both speak the same language ("Comparison operators for use in event patterns"). Fields that the pattern does not
 * name do not matter; of several values of a field one has to match, and the pattern may look into arrays of objects.
 */
export function matches(pattern: JsonObject, event: unknown): boolean {
  return Object.entries(pattern).every(([key, wanted]) => {
    if (isAlternatives(key, wanted)) return wanted.some((alternative) => matches(alternative, event));
    const value = isObject(event) ? event[key] : undefined;
    if (Array.isArray(wanted)) return matchesField(wanted, value);
    if (!isObject(wanted)) throw new InvalidPattern(`"${key}" must be an object or an array`);
    const candidates = Array.isArray(value) ? value.flat(Number.POSITIVE_INFINITY).filter(isObject) : [value];
    return (candidates.length > 0 ? candidates : [undefined]).some((candidate) => matches(wanted, candidate));
  });
}

/** Throws `InvalidPattern` where `matches` would, without an event: a broken rule must fail the start. */
export function checkPattern(pattern: unknown): JsonObject {
  if (!isObject(pattern)) throw new InvalidPattern("a pattern must be an object");
  for (const [key, wanted] of Object.entries(pattern)) {
    if (isAlternatives(key, wanted)) wanted.forEach(checkPattern);
    else if (Array.isArray(wanted)) for (const one of wanted) matchesValue(one, "");
    else checkPattern(wanted);
  }
  return pattern;
}

/** `$or` is an operator only when its alternatives are patterns; otherwise it is a field of that name. */
function isAlternatives(key: string, value: unknown): value is readonly JsonObject[] {
  return (
    key === "$or" &&
    Array.isArray(value) &&
    value.length > 1 &&
    value.every((one) => isObject(one) && !Object.keys(one).some((name) => operators.includes(name)))
  );
}

function matchesField(wanted: readonly unknown[], value: unknown): boolean {
  const leaves = leavesOf(value);
  return wanted.some((one) => {
    if (isObject(one) && "exists" in one) return one.exists === leaves.length > 0;
    return leaves.some((leaf) => matchesValue(one, leaf));
  });
}

/** The values that a field holds. An object is none: `exists` works on leaves only. */
function leavesOf(value: unknown): readonly unknown[] {
  if (value === undefined || isObject(value)) return [];
  return Array.isArray(value) ? value.flatMap(leavesOf) : [value];
}

function matchesValue(wanted: unknown, value: unknown): boolean {
  if (!isObject(wanted)) return wanted === value;
  const [operator, operand] = Object.entries(wanted)[0] ?? [];
  switch (operator) {
    case "exactly":
      return operand === value;
    case "prefix":
    case "suffix":
      return isText(value) && hasAffix(operator, operand, value);
    case "equals-ignore-case":
      return isText(value) && sameLetters(String(operand), value);
    case "wildcard":
      return isText(value) && wildcard(String(operand)).test(value);
    case "cidr":
      return isText(value) && inBlock(String(operand), value);
    case "numeric":
      return inRange(operand, value);
    case "anything-but":
      return isAnythingBut(operand, value);
    case "exists":
      return operand === true;
    default:
      throw new InvalidPattern(`Unrecognized match type ${operator}`);
  }
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function sameLetters(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function hasAffix(end: "prefix" | "suffix", operand: unknown, value: string): boolean {
  const ignoreCase = isObject(operand);
  const affix = ignoreCase ? String(operand["equals-ignore-case"]).toLowerCase() : String(operand);
  const text = ignoreCase ? value.toLowerCase() : value;
  return end === "prefix" ? text.startsWith(affix) : text.endsWith(affix);
}

function isAnythingBut(operand: unknown, value: unknown): boolean {
  if (!isObject(operand)) return ![operand].flat().includes(value);
  const [operator, refused] = Object.entries(operand)[0] ?? [];
  if (operator === undefined || !["prefix", "suffix", "equals-ignore-case", "wildcard"].includes(operator)) {
    throw new InvalidPattern(`Unrecognized match type ${operator} in anything-but`);
  }
  return ![refused].flat().some((one) => matchesValue({ [operator]: one }, value));
}

const comparisons: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  "=": (value, bound) => value === bound,
  "<": (value, bound) => value < bound,
  "<=": (value, bound) => value <= bound,
  ">": (value, bound) => value > bound,
  ">=": (value, bound) => value >= bound,
};

/** `["<", 10]` or `[">=", 0, "<", 10]`. */
function inRange(operand: unknown, value: unknown): boolean {
  if (!Array.isArray(operand) || operand.length === 0 || operand.length % 2 !== 0) {
    throw new InvalidPattern("numeric needs pairs of comparison and number");
  }
  const pairs = Array.from({ length: operand.length / 2 }, (_, index) => [operand[2 * index], operand[2 * index + 1]]);
  return pairs.every(([comparison, bound]) => {
    const compare = comparisons[String(comparison)];
    if (compare === undefined || typeof bound !== "number") {
      throw new InvalidPattern(`numeric does not know ${String(comparison)} ${String(bound)}`);
    }
    return typeof value === "number" && compare(value, bound);
  });
}

const wildcards = new Map<string, RegExp>();

/** `*` is any run of characters; `\*` and `\\` are the characters themselves. */
function wildcard(pattern: string): RegExp {
  let expression = wildcards.get(pattern);
  if (expression === undefined) {
    const source = pattern
      .split(/(\\[*\\]|\*)/)
      .map((piece) =>
        piece === "*" ? ".*" : literal(piece.length === 2 && piece[0] === "\\" ? piece.slice(1) : piece),
      )
      .join("");
    expression = new RegExp(`^${source}$`, "s");
    wildcards.set(pattern, expression);
  }
  return expression;
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}

function inBlock(block: string, address: string): boolean {
  const [base = "", length = ""] = block.split("/");
  const network = addressBits(base);
  const bits = addressBits(address);
  if (network === undefined) throw new InvalidPattern(`${block} is not a CIDR block`);
  if (bits === undefined || bits.width !== network.width) return false;
  const shift = BigInt(network.width - Number(length));
  return bits.value >> shift === network.value >> shift;
}

/** An IPv4 or IPv6 address as a number. */
function addressBits(address: string): { value: bigint; width: 32 | 128 } | undefined {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(address)) {
    const bytes = address.split(".").map(Number);
    if (bytes.some((byte) => byte > 255)) return undefined;
    return { width: 32, value: bytes.reduce((bits, byte) => (bits << 8n) + BigInt(byte), 0n) };
  }
  if (!/^[\da-f:]+$/i.test(address) || !address.includes(":")) return undefined;
  const [head = "", tail] = address.split("::");
  const groups = (text: string | undefined): string[] => (text ? text.split(":") : []);
  const missing = 8 - groups(head).length - groups(tail).length;
  if (missing < 0 || (tail === undefined && missing !== 0)) return undefined;
  const all = [...groups(head), ...Array.from({ length: missing }, () => "0"), ...groups(tail)];
  return { width: 128, value: all.reduce((bits, group) => (bits << 16n) + BigInt(`0x${group || "0"}`), 0n) };
}
