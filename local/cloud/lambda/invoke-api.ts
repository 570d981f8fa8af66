import type { AwsCall, AwsReply, AwsService, FunctionError } from "../service.ts";
import type { FunctionsPart } from "./functions.ts";

/** The Lambda Invoke API, with `RequestResponse`, `Event` and `DryRun` invocations. */
export function lambdaService(functions: FunctionsPart): AwsService {
  const nameIn = ({ path, method }: AwsCall): string | undefined => {
    const name = /^\/2015-03-31\/functions\/([^/]+)\/invocations/.exec(path)?.[1];
    return method === "POST" && name !== undefined ? decodeURIComponent(name) : undefined;
  };
  const error = (status: number, code: string, message: string): AwsReply => ({
    status,
    headers: { "content-type": "application/json", "x-amzn-errortype": code },
    body: JSON.stringify({ Type: "User", Message: message, message }),
  });

  return {
    scope: "lambda",
    error,
    needs(call) {
      const name = nameIn(call);
      if (name === undefined) return [];
      return [{ action: "lambda:InvokeFunction", resource: functions.find(name)?.arn ?? name }];
    },
    async handle(call) {
      const name = nameIn(call);
      if (name === undefined)
        return error(404, "UnknownOperationException", `No local operation ${call.method} ${call.path}`);
      if (functions.find(name) === undefined)
        return error(404, "ResourceNotFoundException", `Function not found: ${name}`);
      const event = parse(call.body);
      if (event === undefined)
        return error(400, "InvalidRequestContentException", "Could not parse request body into json.");

      const type = call.headers["x-amz-invocation-type"] ?? "RequestResponse";
      if (type === "DryRun") return { status: 204, body: "" };
      if (type === "Event") {
        functions.invokeLater(name, event.value);
        return { status: 202, body: "" };
      }
      const result = await functions.invoke(name, event.value);
      if (!("error" in result)) return answer(result.payload, {});
      const refused = refusals[result.error.errorType];
      if (refused !== undefined) return error(refused, result.error.errorType, result.error.errorMessage);
      return answer(result.error satisfies FunctionError, { "x-amz-function-error": "Unhandled" });
    },
  };
}

/** Errors of the service itself, which never reached the function. */
const refusals: Readonly<Record<string, number>> = { RequestTooLargeException: 413, TooManyRequestsException: 429 };

function answer(payload: unknown, headers: Readonly<Record<string, string>>): AwsReply {
  return {
    status: 200,
    headers: { "content-type": "application/json", "x-amz-executed-version": "$LATEST", ...headers },
    body: JSON.stringify(payload) ?? "null",
  };
}

function parse(body: Buffer): { value: unknown } | undefined {
  try {
    return { value: body.length === 0 ? {} : (JSON.parse(body.toString("utf8")) as unknown) };
  } catch {
    return undefined;
  }
}
