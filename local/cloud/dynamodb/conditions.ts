import { type AttributeValue, type Item, sameValue, setMembers } from "./attribute-value.ts";
import { type Condition, compare, type Operand, type Path } from "./dynalite.ts";

/** Whether an item (or the absence of one: `{}`) satisfies a condition, filter or key condition. */
export function satisfies(condition: Condition, item: Item): boolean {
  switch (condition.type) {
    case "and":
      return condition.args.every((part) => satisfies(part, item));
    case "or":
      return condition.args.some((part) => satisfies(part, item));
    case "not":
      return !satisfies(condition.args[0], item);
    case "function":
      return holds(condition.name, condition.args, item);
    default:
      return comparisonHolds(condition.type, condition.args, item);
  }
}

/** The value at a path, or undefined where any step of it is missing. */
export function valueAt(path: Path, item: Item): AttributeValue | undefined {
  return path.reduce<AttributeValue | undefined>((value, step) => value && memberOf(value, step), { M: item });
}

function memberOf(value: AttributeValue, step: string | number): AttributeValue | undefined {
  if (typeof step === "number") return "L" in value ? value.L[step] : undefined;
  return "M" in value && Object.hasOwn(value.M, step) ? value.M[step] : undefined;
}

export const isPath = (operand: unknown): operand is Path => Array.isArray(operand);

function holds(name: string, args: readonly Operand[], item: Item): boolean {
  const [subject, other] = args.map((arg) => operandValue(arg, item));
  if (name === "attribute_exists") return subject !== undefined;
  if (name === "attribute_not_exists") return subject === undefined;
  if (subject === undefined || other === undefined) return false;
  if (name === "attribute_type") return "S" in other && other.S in subject;
  if (name === "contains" && "L" in subject) return subject.L.some((element) => sameValue(element, other));
  return compare(name, subject, [other]);
}

/** A comparison with a missing attribute is false, except that it differs (`<>`) from any value. */
function comparisonHolds(comparison: string, args: readonly Operand[], item: Item): boolean {
  const [subject, ...others] = args.map((arg) => operandValue(arg, item));
  const [other] = others;
  if (comparison === "<>") {
    if (subject === undefined || other === undefined) return subject !== other;
    return !sameValue(subject, other);
  }
  if (subject === undefined) return false;
  if (comparison === "in") return others.some((candidate) => candidate !== undefined && sameValue(subject, candidate));
  if (comparison === "between") {
    const [low, high] = others;
    return low !== undefined && high !== undefined && compare(">=", subject, [low]) && compare("<=", subject, [high]);
  }
  if (other === undefined) return false;
  return comparison === "=" ? sameValue(subject, other) : compare(comparison, subject, [other]);
}

function operandValue(operand: Operand, item: Item): AttributeValue | undefined {
  if (isPath(operand)) return valueAt(operand, item);
  if (!("type" in operand)) return operand;
  const [subject] = operand.args.map((arg) => operandValue(arg, item));
  return subject && sizeOf(subject);
}

/** The `size` function: characters, bytes or members; undefined for types that have no size. */
function sizeOf(value: AttributeValue): AttributeValue | undefined {
  if ("S" in value) return { N: String(value.S.length) };
  if ("B" in value) return { N: String(Buffer.byteLength(value.B, "base64")) };
  if ("L" in value) return { N: String(value.L.length) };
  if ("M" in value) return { N: String(Object.keys(value.M).length) };
  const members = setMembers(value);
  return members && { N: String(members.length) };
}
