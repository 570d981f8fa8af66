import * as z from "zod";

/** Local time at which an object is gone, milliseconds since the epoch; infinite when it stays. */
export type Expiry = (object: { readonly key: string; readonly lastModified: number }) => number;

const day = 24 * 60 * 60_000;

/** Transitions, versions and tags change nothing here that a request could see, or are not emulated: they fail the start. */
const ruleShape = z.strictObject({
  Id: z.string().optional(),
  Status: z.enum(["Enabled", "Disabled"]),
  Prefix: z.string().default(""),
  ExpirationInDays: z.coerce.number().optional(),
  AbortIncompleteMultipartUpload: z.unknown().optional(),
});
const lifecycleShape = z.object({ Rules: z.array(ruleShape).default([]) }).default({ Rules: [] });

/**
 * Reads a bucket's `LifecycleConfiguration`. The days are counted from the object's creation and rounded up to the
 * next midnight UTC ("Lifecycle configuration elements").
 */
export function readLifecycle(configuration: unknown): Expiry {
  const rules = lifecycleShape.parse(configuration).Rules.filter(({ Status }) => Status === "Enabled");
  return ({ key, lastModified }) => {
    const days = rules.filter(({ Prefix }) => key.startsWith(Prefix)).map((rule) => rule.ExpirationInDays ?? Infinity);
    const shortest = Math.min(Infinity, ...days);
    return Number.isFinite(shortest) ? Math.ceil((lastModified + shortest * day) / day) * day : Infinity;
  };
}
