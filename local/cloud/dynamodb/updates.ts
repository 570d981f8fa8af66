import { type AttributeValue, type Item, setMembers, typeOf } from "./attribute-value.ts";
import { isPath, valueAt } from "./conditions.ts";
import { checkValue, difference, type Path, type SetOperand, sum, type UpdateClause } from "./dynalite.ts";
import { invalid } from "./errors.ts";

type MutableValue = { M?: Record<string, MutableValue>; L?: MutableValue[] } & Record<string, unknown>;

/**
 * The item after an update expression. Every right-hand side sees the item as it was before, so
 * `SET r1 = r0, r2 = r1` shifts a register ("Update expressions"). The given item stays untouched.
 */
export function applyUpdate(clauses: readonly UpdateClause[], before: Item): Item {
  const after = structuredClone(before) as unknown as Record<string, MutableValue>;
  const root: MutableValue = { M: after };

  const assignments: { path: Path; value: AttributeValue | undefined }[] = [];
  const removals: Path[] = [];
  for (const clause of clauses) {
    if (clause.type === "remove") removals.push(clause.path);
    else assignments.push({ path: clause.path, value: newValue(clause, before) });
  }
  // List positions count in the list as it was: fill from the front (beyond the end appends), then remove from the back.
  for (const { path, value } of assignments.sort((left, right) => position(left.path) - position(right.path))) {
    if (value === undefined) remove(root, path);
    else assign(root, path, value);
  }
  for (const path of removals.sort((left, right) => position(right) - position(left))) remove(root, path);
  return after as unknown as Item;
}

/** Undefined when the attribute goes away: a DELETE took the last member of a set, or there was none. */
function newValue(clause: Exclude<UpdateClause, { type: "remove" }>, before: Item): AttributeValue | undefined {
  if (clause.type === "set") return structuredClone(operand(clause.val, before));
  const current = valueAt(clause.path, before);
  const change = clause.val;
  if (current && typeOf(current) !== typeOf(change)) throw wrongType();
  if ("N" in change) return number(sum(current && "N" in current ? current.N : "0", change.N));
  const members = (current && setMembers(current)) ?? [];
  const changed = setMembers(change) ?? [];
  const result =
    clause.type === "add"
      ? [...new Set([...members, ...changed])]
      : members.filter((member) => !changed.includes(member));
  return result.length > 0 ? ({ [typeOf(change)]: result } as unknown as AttributeValue) : undefined;
}

function operand(expression: SetOperand, before: Item): AttributeValue {
  if (isPath(expression)) {
    const value = valueAt(expression, before);
    if (!value) throw invalid("The provided expression refers to an attribute that does not exist in the item");
    return value;
  }
  if (!("type" in expression)) return expression;
  if (expression.type === "function" && expression.name === "if_not_exists") {
    return valueAt(expression.args[0], before) ?? operand(expression.args[1], before);
  }
  const left = operand(expression.args[0], before);
  const right = operand(expression.args[1], before);
  if (expression.type === "function") {
    if (!("L" in left && "L" in right)) throw wrongType();
    return { L: [...left.L, ...right.L] };
  }
  if (!("N" in left && "N" in right)) throw wrongType();
  return number(expression.type === "add" ? sum(left.N, right.N) : difference(left.N, right.N));
}

function assign(root: MutableValue, path: Path, value: AttributeValue): void {
  const { parent, last } = locate(root, path);
  if (typeof last === "number") {
    const list = parent.L!;
    list[Math.min(last, list.length)] = value as unknown as MutableValue;
  } else {
    parent.M![last] = value as unknown as MutableValue;
  }
}

function remove(root: MutableValue, path: Path): void {
  const { parent, last } = locate(root, path);
  if (typeof last === "number") parent.L!.splice(last, 1);
  else delete parent.M![last];
}

function locate(root: MutableValue, path: Path): { parent: MutableValue; last: string | number } {
  let parent: MutableValue | undefined = root;
  for (const step of path.slice(0, -1)) parent = typeof step === "number" ? parent?.L?.[step] : parent?.M?.[step];
  const last = path.at(-1)!;
  if (!parent || (typeof last === "number" ? !parent.L : !parent.M)) {
    throw invalid("The document path provided in the update expression is invalid for update");
  }
  return { parent, last };
}

const position = (path: Path): number => {
  const last = path.at(-1);
  return typeof last === "number" ? last : -1;
};

function number(digits: string): AttributeValue {
  const value = { N: digits };
  checkValue(value);
  return value;
}

const wrongType = () => invalid("An operand in the update expression has an incorrect data type");
