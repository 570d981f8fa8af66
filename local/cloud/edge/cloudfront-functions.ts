import { createHash, createHmac } from "node:crypto";
import querystring from "node:querystring";
import vm from "node:vm";
import type { CloudContext, Resource } from "../service.ts";

/** A header, cookie or query parameter in a CloudFront Functions event. */
export interface FunctionValue {
  value: string;
  multiValue?: Array<{ value: string }>;
}

type FunctionValues = Record<string, FunctionValue>;

export interface FunctionRequest {
  method: string;
  uri: string;
  querystring: FunctionValues;
  headers: FunctionValues;
  cookies: FunctionValues;
}

export interface FunctionResponse {
  statusCode: number;
  statusDescription?: string;
  headers?: FunctionValues;
  cookies?: FunctionValues;
  body?: string | { encoding: "text" | "base64"; data: string };
}

export interface EdgeEvent {
  readonly version: "1.0";
  readonly context: {
    readonly distributionDomainName: string;
    readonly distributionId: string;
    readonly eventType: "viewer-request" | "viewer-response";
    readonly requestId: string;
  };
  readonly viewer: { readonly ip: string };
  readonly request: FunctionRequest;
  readonly response?: FunctionResponse;
}

/** Runs the function on an event; rejects when it throws. */
export type EdgeFunction = (event: EdgeEvent) => Promise<FunctionRequest | FunctionResponse>;

/** CloudFront allows under 1 ms of processor time. This is wall time on a busy machine, and only stops an endless loop. */
const runawayMs = 2_000;

/** Compiles an `AWS::CloudFront::Function`. Its code sees what the CloudFront runtime offers and nothing of Node.js. */
export function compileEdgeFunction(context: CloudContext, { logicalId, properties }: Resource): EdgeFunction {
  const runtime = properties.FunctionConfig?.Runtime;
  if (runtime !== "cloudfront-js-2.0" && runtime !== "cloudfront-js-1.0") {
    throw new Error(`${logicalId} wants the runtime ${runtime}; cloudfront-js-1.0 and -2.0 run here.`);
  }
  const modules: Readonly<Record<string, unknown>> = { crypto: { createHash, createHmac }, querystring };
  const sandbox = vm.createContext(
    {
      console: { log: (...values: unknown[]) => context.log.write(logicalId, values.map(String).join(" ")) },
      require: (name: string) => {
        if (name in modules) return modules[name];
        throw new Error(`Module ${name} does not run here.`);
      },
    },
    { codeGeneration: { strings: false, wasm: false } },
  );
  const code = String(properties.FunctionCode).replace(
    /^\s*import\s+(\w+)\s+from\s+['"]([\w:]+)['"];?/gm,
    (_, name: string, module: string) => `const ${name} = require("${module}");`,
  );
  vm.runInContext(code, sandbox, { filename: `${logicalId}.js`, timeout: runawayMs });
  const call = new vm.Script("handler(JSON.parse(event))", { filename: `${logicalId}.js` });
  return async (event) => {
    // As text, so that the function gets objects of its own realm and can't change ours.
    sandbox.event = JSON.stringify(event);
    const result: unknown = await call.runInContext(sandbox, { timeout: runawayMs });
    if (typeof result !== "object" || result === null) throw new Error(`${logicalId} returned no request or response.`);
    return structuredClone(JSON.parse(JSON.stringify(result))) as FunctionRequest | FunctionResponse;
  };
}

/** Values as an event has them: the last one, and all of them when there are several. */
export function toFunctionValues(entries: Iterable<readonly [string, string]>): FunctionValues {
  const values: FunctionValues = {};
  for (const [name, value] of entries) {
    const known = values[name];
    if (!known) values[name] = { value };
    else values[name] = { value, multiValue: [...(known.multiValue ?? [{ value: known.value }]), { value }] };
  }
  return values;
}

/** Undoes `toFunctionValues`. */
export function fromFunctionValues(values: Readonly<FunctionValues> | undefined): Array<[string, string]> {
  return Object.entries(values ?? {}).flatMap(([name, { value, multiValue }]) =>
    (multiValue ?? [{ value }]).map((one): [string, string] => [name, one.value]),
  );
}

/** Splits a query or a cookie header without decoding: functions see names and values as sent. */
export function splitPairs(text: string, separator: "&" | ";"): Array<[string, string]> {
  return text
    .split(separator)
    .map((pair) => pair.trim())
    .filter((pair) => pair !== "")
    .map((pair) => {
      const equals = pair.indexOf("=");
      return equals < 0 ? [pair, ""] : [pair.slice(0, equals), pair.slice(equals + 1)];
    });
}
