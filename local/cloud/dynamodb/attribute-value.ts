/** A value as it travels on the wire: exactly one member, named by its type. Binary is base64. */
export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly B: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly SS: readonly string[] }
  | { readonly NS: readonly string[] }
  | { readonly BS: readonly string[] }
  | { readonly L: readonly AttributeValue[] }
  | { readonly M: Item };

export type Item = { readonly [attribute: string]: AttributeValue };

/** The name of a value's type: `S`, `N`, `M`, … */
export const typeOf = (value: AttributeValue): string => Object.keys(value)[0] ?? "";

/** The members of a set, or undefined for anything that is no set. */
export function setMembers(value: AttributeValue): readonly string[] | undefined {
  if ("SS" in value) return value.SS;
  if ("NS" in value) return value.NS;
  if ("BS" in value) return value.BS;
  return undefined;
}

/** Equality as DynamoDB sees it: the order of a set's members and of a map's attributes does not count. */
export function sameValue(left: AttributeValue, right: AttributeValue): boolean {
  if (typeOf(left) !== typeOf(right)) return false;
  if ("L" in left && "L" in right) {
    return left.L.length === right.L.length && left.L.every((element, at) => sameValue(element, right.L[at]!));
  }
  if ("M" in left && "M" in right) return sameItem(left.M, right.M);
  const members = setMembers(left);
  if (members) {
    const others = new Set(setMembers(right));
    return others.size === members.length && members.every((member) => others.has(member));
  }
  return Object.values(left)[0] === Object.values(right)[0];
}

export function sameItem(left: Item, right: Item): boolean {
  const names = Object.keys(left);
  if (names.length !== Object.keys(right).length) return false;
  return names.every((name) => {
    const other = right[name];
    return other !== undefined && sameValue(left[name]!, other);
  });
}
