import type * as z from "zod";
import { type JsonObject, parseObject } from "./json.ts";
import type { AwsCall, AwsReply, AwsService, Need } from "./service.ts";

/** An error that the caller of an AWS API gets to see. */
export class AwsError extends Error {
  override readonly name = "AwsError";
  readonly code: string;
  readonly status: number;
  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** One operation of a JSON API, with its input already checked when it runs. */
export interface Operation {
  needs(input: unknown): readonly Need[];
  run(input: unknown, call: AwsCall): Promise<unknown>;
}

export function operation<Input>(
  shape: z.ZodType<Input>,
  needs: (input: Input) => readonly Need[],
  run: (input: Input, call: AwsCall) => unknown,
): Operation {
  return {
    needs(input) {
      const parsed = shape.safeParse(input);
      // A malformed call needs nothing, because `run` refuses it before it does anything.
      return parsed.success ? needs(parsed.data) : [];
    },
    async run(input, call) {
      const parsed = shape.safeParse(input);
      if (parsed.success) return run(parsed.data, call);
      const issue = parsed.error.issues[0];
      throw new AwsError("ValidationException", `${issue?.path.join(".")}: ${issue?.message}`);
    },
  };
}

/** A service in the AWS JSON protocol: the operation is in `X-Amz-Target`, input and output are JSON. */
export function jsonService(
  scope: string,
  version: "1.0" | "1.1",
  operations: Readonly<Record<string, Operation>>,
): AwsService {
  const named = (call: AwsCall): Operation | undefined => {
    const name = call.headers["x-amz-target"]?.split(".").at(-1) ?? "";
    return Object.hasOwn(operations, name) ? operations[name] : undefined;
  };
  const reply = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): AwsReply => ({
    status,
    headers: { "content-type": `application/x-amz-json-${version}`, ...headers },
    body: JSON.stringify(body),
  });
  const error = (status: number, code: string, message: string): AwsReply =>
    reply(status, { __type: code, message, Message: message }, { "x-amzn-errortype": code });

  return {
    scope,
    error,
    needs: (call) => named(call)?.needs(inputOf(call)) ?? [],
    async handle(call) {
      const found = named(call);
      if (found === undefined) {
        const target = call.headers["x-amz-target"] ?? "no operation";
        return error(400, "UnknownOperationException", `The local cloud does not know ${target} of ${scope}.`);
      }
      try {
        return reply(200, (await found.run(inputOf(call), call)) ?? {});
      } catch (thrown) {
        if (thrown instanceof AwsError) return error(thrown.status, thrown.code, thrown.message);
        throw thrown;
      }
    },
  };
}

function inputOf(call: AwsCall): JsonObject | undefined {
  return call.body.length === 0 ? {} : parseObject(call.body.toString("utf8"));
}
