import * as z from "zod";
import { asList } from "../json.ts";

const strings = z.union([z.string(), z.array(z.string())]);
const scalar = z.union([z.string(), z.boolean(), z.number()]);
const principal = z.union([z.literal("*"), z.record(z.string(), strings)]);

/** A statement of a policy document ("IAM JSON policy elements reference"). */
export const statementShape = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Principal: principal.optional(),
  NotPrincipal: principal.optional(),
  Action: strings.optional(),
  NotAction: strings.optional(),
  Resource: strings.optional(),
  NotResource: strings.optional(),
  Condition: z.record(z.string(), z.record(z.string(), z.union([scalar, z.array(scalar)]))).optional(),
});

export const documentShape = z.object({ Statement: z.union([statementShape, z.array(statementShape)]) });

export type Statement = z.infer<typeof statementShape>;
export type RequestContext = Readonly<Record<string, string | readonly string[]>>;

export interface PolicyRequest {
  readonly action: string;
  readonly resource: string;
  readonly context: RequestContext;
}

export type Decision = "allowed" | "explicitly denied" | "implicitly denied";

/** "Policy evaluation logic": an explicit deny wins, and what nothing allows is denied. */
export function evaluate(statements: readonly Statement[], request: PolicyRequest): Decision {
  const matching = statements.filter((statement) => covers(statement, request));
  if (matching.some(({ Effect }) => Effect === "Deny")) return "explicitly denied";
  return matching.length > 0 ? "allowed" : "implicitly denied";
}

function covers(statement: Statement, { action, resource, context }: PolicyRequest): boolean {
  const named = (patterns: string | readonly string[] | undefined): boolean =>
    asList(patterns).some((pattern) => like(pattern.toLowerCase(), action.toLowerCase()));
  const onResource = (patterns: string | readonly string[] | undefined): boolean =>
    asList(patterns).some((pattern) => like(pattern, resource));

  if (statement.NotAction !== undefined ? named(statement.NotAction) : !named(statement.Action)) return false;
  if (
    statement.NotResource !== undefined ? onResource(statement.NotResource) : !onResource(statement.Resource ?? "*")
  ) {
    return false;
  }
  return Object.entries(statement.Condition ?? {}).every(([operator, keys]) => {
    const test = conditionTest(operator);
    // Fails closed: an operator that nobody knows allows nothing, and denies what it might have denied.
    if (test === undefined) return statement.Effect === "Deny";
    return Object.entries(keys).every(([key, wanted]) => test(contextValue(context, key), asList(wanted).map(String)));
  });
}

type Comparison = (actual: string, wanted: string) => boolean;

const equal: Comparison = (actual, wanted) => actual === wanted;
const sameLetters: Comparison = (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase();
const matches: Comparison = (actual, wanted) => like(wanted, actual);
const numeric =
  (compare: (actual: number, wanted: number) => boolean): Comparison =>
  (actual, wanted) =>
    compare(Number(actual), Number(wanted));

/** Operators by name; `not` ones hold when no wanted value matches. */
const operators: Readonly<Record<string, { readonly compare: Comparison; readonly not?: true }>> = {
  StringEquals: { compare: equal },
  StringNotEquals: { compare: equal, not: true },
  StringEqualsIgnoreCase: { compare: sameLetters },
  StringNotEqualsIgnoreCase: { compare: sameLetters, not: true },
  StringLike: { compare: matches },
  StringNotLike: { compare: matches, not: true },
  ArnEquals: { compare: matches },
  ArnNotEquals: { compare: matches, not: true },
  ArnLike: { compare: matches },
  ArnNotLike: { compare: matches, not: true },
  Bool: { compare: sameLetters },
  NumericEquals: { compare: numeric((actual, wanted) => actual === wanted) },
  NumericLessThan: { compare: numeric((actual, wanted) => actual < wanted) },
  NumericLessThanEquals: { compare: numeric((actual, wanted) => actual <= wanted) },
  NumericGreaterThan: { compare: numeric((actual, wanted) => actual > wanted) },
  NumericGreaterThanEquals: { compare: numeric((actual, wanted) => actual >= wanted) },
};

type Test = (actual: readonly string[] | undefined, wanted: readonly string[]) => boolean;

function conditionTest(name: string): Test | undefined {
  const [, set, base = "", ifExists] = /^(ForAllValues:|ForAnyValue:)?(\w+?)(IfExists)?$/.exec(name) ?? [];
  if (base === "Null") return (actual, [wanted]) => String(actual === undefined) === wanted?.toLowerCase();
  const operator = operators[base];
  if (operator === undefined) return undefined;
  const holds = (value: string, wanted: readonly string[]): boolean =>
    wanted.some((one) => operator.compare(value, one)) !== (operator.not === true);
  return (actual, wanted) => {
    if (actual === undefined) {
      if (set === "ForAnyValue:") return ifExists !== undefined;
      return ifExists !== undefined || set === "ForAllValues:" || operator.not === true;
    }
    const one = (value: string): boolean => holds(value, wanted);
    if (set === "ForAnyValue:") return actual.some(one);
    if (set === "ForAllValues:") return actual.every(one);
    return operator.not ? actual.every(one) : actual.some(one);
  };
}

function contextValue(context: RequestContext, key: string): readonly string[] | undefined {
  const found = Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase());
  return found === undefined ? undefined : asList<string>(found[1]);
}

const compiled = new Map<string, RegExp>();

/** IAM's wildcards: `*` is any run of characters, `?` any one. */
export function like(pattern: string, value: string): boolean {
  if (pattern === "*" || pattern === value) return true;
  let expression = compiled.get(pattern);
  if (expression === undefined) {
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".");
    expression = new RegExp(`^${source}$`, "s");
    compiled.set(pattern, expression);
  }
  return expression.test(value);
}
