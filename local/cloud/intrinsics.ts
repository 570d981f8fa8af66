import { asObject, isObject, type JsonObject } from "./json.ts";
import { account, region } from "./names.ts";
import {
  attribute,
  cloudFrontDomain,
  generatedName,
  givenName,
  type PhysicalResource,
  reference,
} from "./physical-ids.ts";
import type { Addresses } from "./service.ts";

/** A CloudFormation template as synthesized. */
export interface RawTemplate {
  readonly Resources: Readonly<Record<string, RawResource>>;
  readonly Parameters?: Readonly<Record<string, { readonly Default?: unknown }>>;
  readonly Mappings?: JsonObject;
  readonly Conditions?: JsonObject;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown; readonly Condition?: string }>>;
}

export interface RawResource {
  readonly Type: string;
  readonly Properties?: JsonObject;
  readonly Condition?: string;
}

export interface Surroundings {
  readonly addresses: Addresses;
  /** Answers `{{resolve:secretsmanager:…}}`. */
  secretValue(id: string, field: string | undefined): string;
  /** Answers `{{resolve:ssm:…}}`; without it the parameter's own `Value` is taken. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** Something in the template that this cloud cannot do. The message names it. */
export class Unsupported extends Error {
  override readonly name = "Unsupported";
}

export interface Resolver {
  /** Every intrinsic evaluated, cloud addresses replaced by local ones. Throws `Unsupported`. */
  resolve(value: unknown): unknown;
  /** Whether the condition of a resource or an output holds. */
  holds(condition: string | undefined): boolean;
}

const noValue = Symbol("AWS::NoValue");

export function createResolver(template: RawTemplate, surroundings: Surroundings): Resolver {
  const { addresses } = surroundings;
  const localAddress = createRewriting(template, addresses, (value) => evaluate(value));

  const pseudoParameters: Readonly<Record<string, unknown>> = {
    "AWS::AccountId": account,
    "AWS::NoValue": noValue,
    "AWS::Partition": "aws",
    "AWS::Region": region,
    "AWS::StackId": `arn:aws:cloudformation:${region}:${account}:stack/local/local`,
    "AWS::StackName": "local",
    "AWS::URLSuffix": "amazonaws.com",
  };

  function physical(logicalId: string): PhysicalResource {
    const raw = template.Resources[logicalId];
    if (raw === undefined) throw new Unsupported(`a reference to ${logicalId}, which is not in the template`);
    const properties = raw.Properties ?? {};
    const name = evaluate(givenName(raw.Type, properties));
    return {
      logicalId,
      type: raw.Type,
      name: typeof name === "string" ? name : generatedName(raw.Type, logicalId),
      property: (key) => evaluate(properties[key]),
    };
  }

  function ref(id: string): unknown {
    if (id in pseudoParameters) return pseudoParameters[id];
    const parameter = template.Parameters?.[id];
    if (parameter === undefined) return reference(physical(id), addresses.aws);
    const value = surroundings.parameters?.[id] ?? parameter.Default;
    if (value === undefined) throw new Unsupported(`the parameter ${id}, which has no default`);
    return value;
  }

  function getAtt(path: unknown): string {
    const [id, name] = Array.isArray(path) ? [String(path[0]), text(path[1])] : splitOnce(String(path));
    const resource = physical(id);
    const value = attribute(resource, name, addresses.aws);
    if (value === undefined) throw new Unsupported(`Fn::GetAtt ${resource.type}.${name}`);
    return value;
  }

  function substitute(argument: unknown): string {
    const [pattern, variables] = Array.isArray(argument)
      ? [String(argument[0]), asObject(argument[1])]
      : [String(argument), {} as JsonObject];
    return pattern.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      if (name in variables) return text(variables[name]);
      return name.includes(".") ? getAtt(name) : String(ref(name));
    });
  }

  function findInMap(argument: readonly unknown[]): unknown {
    const [map, first, second] = argument.map(text);
    const found = asObject(asObject(template.Mappings?.[map ?? ""])[first ?? ""])[second ?? ""];
    if (found === undefined)
      throw new Unsupported(`Fn::FindInMap ${map}.${first}.${second}, which is not in the template`);
    return found;
  }

  function condition(value: unknown): boolean {
    if (typeof value === "string") {
      const named = template.Conditions?.[value];
      if (named === undefined) throw new Unsupported(`the condition ${value}, which is not in the template`);
      return condition(named);
    }
    const [operator, argument] = Object.entries(asObject(value))[0] ?? ["nothing", undefined];
    const operands = Array.isArray(argument) ? argument : [argument];
    switch (operator) {
      case "Condition":
        return condition(argument);
      case "Fn::Equals":
        return evaluate(operands[0]) === evaluate(operands[1]);
      case "Fn::Not":
        return !condition(operands[0]);
      case "Fn::And":
        return operands.every(condition);
      case "Fn::Or":
        return operands.some(condition);
      default:
        throw new Unsupported(`the condition function ${operator}`);
    }
  }

  function intrinsic(name: string, argument: unknown): unknown {
    const list = Array.isArray(argument) ? (argument as readonly unknown[]) : [];
    switch (name) {
      case "Ref":
        return ref(String(argument));
      case "Fn::GetAtt":
        return getAtt(argument);
      case "Fn::Join":
        return items(list[1]).map(text).join(String(list[0]));
      case "Fn::Sub":
        return substitute(argument);
      case "Fn::Select": {
        const selected = items(list[1])[Number(evaluate(list[0]))];
        if (selected === undefined) throw new Unsupported("Fn::Select beyond the end of its list");
        return selected;
      }
      case "Fn::Split":
        return text(list[1]).split(String(list[0]));
      case "Fn::FindInMap":
        return findInMap(list);
      case "Fn::If":
        return evaluate(condition(list[0]) ? list[1] : list[2]);
      case "Fn::Base64":
        return Buffer.from(text(argument)).toString("base64");
      case "Fn::GetAZs":
        return [`${region}a`, `${region}b`, `${region}c`];
      default:
        throw new Unsupported(`the intrinsic function ${name}`);
    }
  }

  function evaluate(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(evaluate).filter((item) => item !== noValue);
    if (!isObject(value)) return value;
    const entries = Object.entries(value);
    const [only] = entries;
    if (entries.length === 1 && only && (only[0] === "Ref" || only[0].startsWith("Fn::"))) return intrinsic(...only);
    return Object.fromEntries(
      entries.map(([key, item]) => [key, evaluate(item)]).filter(([, item]) => item !== noValue),
    );
  }

  function text(value: unknown): string {
    return String(evaluate(value));
  }

  function items(value: unknown): readonly unknown[] {
    const list = evaluate(value);
    return Array.isArray(list) ? list : [];
  }

  /** The last step of all: pieces of an address must have been joined and split before it is recognised. */
  function localize(value: unknown): unknown {
    if (typeof value === "string") return localAddress(dynamicReferences(value));
    if (Array.isArray(value)) return value.map(localize);
    if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, localize(item)]));
    return value;
  }

  function dynamicReferences(value: string): string {
    return value.replace(/\{\{resolve:([^}]+)\}\}/g, (_, path: string) => {
      const match = /^secretsmanager:(.+?):SecretString:([^:]*)/.exec(path);
      if (match?.[1]) return surroundings.secretValue(match[1], match[2] || undefined);
      throw new Unsupported(`the dynamic reference {{resolve:${path}}}`);
    });
  }

  return {
    resolve(value) {
      const evaluated = evaluate(value);
      return evaluated === noValue ? undefined : localize(evaluated);
    },
    holds: (name) => name === undefined || condition(name),
  };
}

/** Turns the addresses that AWS would have given into those of this machine, wherever they appear in a string. */
function createRewriting(template: RawTemplate, addresses: Addresses, evaluate: (value: unknown) => unknown) {
  const hostedLogin = new Map<string, string>();
  const frontDoorDomains = new Set<string>();
  let known = false;

  function learn(): void {
    known = true;
    for (const [logicalId, { Type: type, Properties: properties = {} }] of Object.entries(template.Resources)) {
      if (type === "AWS::Cognito::UserPoolDomain") {
        hostedLogin.set(String(evaluate(properties.Domain)), String(evaluate(properties.UserPoolId)));
      }
      if (type === "AWS::CloudFront::Distribution") {
        frontDoorDomains.add(cloudFrontDomain(logicalId));
        const aliases = evaluate(asObject(properties.DistributionConfig).Aliases);
        if (Array.isArray(aliases)) for (const alias of aliases) frontDoorDomains.add(String(alias));
      }
    }
  }

  return (value: string): string => {
    if (!/(https|wss):\/\//.test(value)) return value;
    if (!known) learn();
    return value.replace(
      /\b(https|wss):\/\/([a-zA-Z0-9._-]+)(\/[A-Za-z0-9_-]+)?/g,
      (whole, scheme, host, first = "") => {
        if (frontDoorDomains.has(host))
          return `${scheme === "wss" ? asSocket(addresses.frontDoor) : addresses.frontDoor}${first}`;
        if (/^[A-Za-z0-9]+\.execute-api\.[a-z0-9-]+\.amazonaws\.com$/.test(host)) return `${addresses.aws}${first}`;
        if (/^cognito-idp\.[a-z0-9-]+\.amazonaws\.com$/.test(host)) return `${addresses.console}/cognito${first}`;
        const pool = hostedLogin.get(/^(.+)\.auth\.[a-z0-9-]+\.amazoncognito\.com$/.exec(host)?.[1] ?? "");
        return pool === undefined ? whole : `${addresses.console}/cognito/${pool}${first}`;
      },
    );
  };
}

function asSocket(address: string): string {
  return address.replace(/^http/, "ws");
}

function splitOnce(path: string): [string, string] {
  const dot = path.indexOf(".");
  return [path.slice(0, dot), path.slice(dot + 1)];
}
