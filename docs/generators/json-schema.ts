import * as z from "zod";

/** JSON Schema 2020-12 of a contract: as it is written by a client (`input`) or as it is read (`output`). */
export function jsonSchema(schema: z.ZodType, io: "input" | "output"): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, target: "draft-2020-12", unrepresentable: "any" });
  return rest;
}
