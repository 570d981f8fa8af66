import * as z from "zod";

/**
 * The dialect that each kind of document embeds: OpenAPI 3.1 says 2020-12, AsyncAPI 3 extends draft 7
 * ("Schema Object" of both specifications).
 */
export type Dialect = "draft-2020-12" | "draft-7";

/** JSON Schema of a contract: as it is written by a client (`input`) or as it is read (`output`). */
export function jsonSchema(schema: z.ZodType, io: "input" | "output", dialect: Dialect): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    target: dialect,
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema: described }) => {
      const { def } = zodSchema._zod;
      // A new field in a reply or an event breaks nobody; only what is strict refuses it.
      if (def.type === "object" && def.catchall === undefined) delete described.additionalProperties;
      // Every integer of JSON has these bounds.
      if (described.minimum === Number.MIN_SAFE_INTEGER) delete described.minimum;
      if (described.maximum === Number.MAX_SAFE_INTEGER) delete described.maximum;
    },
  });
  return rest;
}
