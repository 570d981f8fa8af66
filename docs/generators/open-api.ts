import type * as z from "zod";
import { type Access, ErrorReply, operations } from "../../lambdas/contracts/http.ts";
import { errorCodes } from "../../lambdas/domain/errors.ts";
import { statusOf } from "../../lambdas/runtime/errors.ts";
import { jsonSchema } from "./json-schema.ts";

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly access: Access;
  readonly summary: string;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly reply: z.ZodType;
}

const security: Record<Access, Record<string, string[]>[]> = {
  public: [],
  session: [{ session: [] }],
  login: [{ login: [] }],
  agent: [{ login: [] }],
  owner: [{ login: [] }],
};

/** The HTTP API as an OpenAPI 3.1 document. */
export function openApi(): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [operationId, operation] of Object.entries(operations) as [string, Operation][]) {
    paths[operation.path] ??= {};
    paths[operation.path]![operation.method.toLowerCase()] = describe(operationId, operation);
  }
  const json = (schema: unknown) => ({ content: { "application/json": { schema } } });
  const statuses = new Map<number, string[]>();
  for (const code of errorCodes) statuses.set(statusOf[code], [...(statuses.get(statusOf[code]) ?? []), code]);
  const responses = Object.fromEntries(
    [...statuses]
      .sort(([a], [b]) => a - b)
      .map(([status, codes]) => [
        `Error${status}`,
        { description: codes.map((code) => `\`${code}\``).join(", "), ...json({ $ref: "#/components/schemas/Error" }) },
      ]),
  );
  return {
    openapi: "3.1.0",
    info: {
      title: "Live chat escalation",
      version: "1",
      description: "Generated from `lambdas/contracts/http.ts` by `npm run docs`.",
      license: { name: "Apache 2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/", description: "The deployment's own origin: CloudFront, or the local front door." }],
    paths,
    components: {
      securitySchemes: {
        session: { type: "http", scheme: "bearer", description: "A visitor's or portal's session." },
        login: { type: "http", scheme: "bearer", bearerFormat: "JWT", description: "An agent's Cognito access token." },
      },
      schemas: { Error: jsonSchema(ErrorReply, "output", "draft-2020-12") },
      responses,
    },
  };

  function describe(operationId: string, operation: Operation): Record<string, unknown> {
    const path = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
      name,
      in: "path",
      required: true,
      schema: { type: "string" },
    }));
    return {
      operationId,
      summary: operation.summary,
      description: `Access: ${operation.access}.`,
      security: security[operation.access],
      parameters: [...path, ...queryParameters(operation.query)],
      ...(operation.body
        ? {
            requestBody: {
              required: true,
              content: { "application/json": { schema: jsonSchema(operation.body, "input", "draft-2020-12") } },
            },
          }
        : {}),
      responses: {
        "200": {
          description: "Done.",
          content: { "application/json": { schema: jsonSchema(operation.reply, "output", "draft-2020-12") } },
        },
        ...Object.fromEntries(
          [...new Set(errorCodes.map((code) => statusOf[code]))]
            .sort()
            .map((status) => [String(status), { $ref: `#/components/responses/Error${status}` }]),
        ),
      },
    };
  }
}

function queryParameters(query: z.ZodType | undefined): unknown[] {
  if (query === undefined) return [];
  const { properties = {}, required = [] } = jsonSchema(query, "input", "draft-2020-12") as {
    properties?: Record<string, unknown>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: "query",
    required: required.includes(name),
    schema,
  }));
}
