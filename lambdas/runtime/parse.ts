import type * as z from "zod";
import { ClientAction, clientActions } from "../contracts/protocol.ts";
import { DomainError } from "../domain/errors.ts";

/** Names by which a parsed object could reach into prototypes when some code merges it. None of our inputs has them. */
const forbiddenNames = new Set(["__proto__", "constructor", "prototype"]);

/** How many wrong fields one answer lists. */
const mostFields = 20;

/**
 * Parses untrusted JSON.
 *
 * @param maxBytes size of the text in UTF-8.
 * @throws DomainError `too_large` or `bad_request`, nothing else.
 */
export function parseJson(text: string, maxBytes: number): unknown {
  if (Buffer.byteLength(text) > maxBytes) {
    throw new DomainError("too_large", `The input is larger than ${maxBytes} bytes.`);
  }
  try {
    return JSON.parse(text, (name, value: unknown) => {
      if (forbiddenNames.has(name)) throw new SyntaxError("forbidden name");
      return value;
    });
  } catch {
    // Besides bad syntax: text nested so deeply that the stack ends.
    throw new DomainError("bad_request", "The input is not JSON that we accept.");
  }
}

/** @throws DomainError `bad_request` that names every wrong field. */
export function parseInput<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw wrongInput(result.error);
}

/** @throws DomainError `unknown_action`, or `bad_request` that names every wrong field. */
export function parseAction(input: unknown): ClientAction {
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    throw new DomainError("bad_request", "An action is an object with a field named action.");
  }
  const action: unknown = "action" in input ? input.action : undefined;
  if (typeof action !== "string" || !Object.hasOwn(clientActions, action)) {
    const known = Object.keys(clientActions).join(", ");
    throw new DomainError("unknown_action", `The action is not one of: ${known}.`);
  }
  return parseInput(ClientAction, input);
}

function wrongInput(error: z.ZodError): DomainError {
  const fields = error.issues.slice(0, mostFields).map((issue) => ({
    path: issue.path.map(String).join("."),
    message: issue.message,
  }));
  return new DomainError("bad_request", "Some of the input is not right. Each field says what it needs.", fields);
}
