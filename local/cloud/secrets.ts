import { randomInt, randomUUID } from "node:crypto";
import * as z from "zod";
import { parseObject } from "./json.ts";
import { AwsError, jsonService, operation } from "./json-service.ts";
import { keptFile } from "./kept-file.ts";
import type { AwsService, Clock, Counters, Need, Resource, Secrets, Template } from "./service.ts";

const generateShape = z.strictObject({
  SecretStringTemplate: z.string().optional(),
  GenerateStringKey: z.string().optional(),
  PasswordLength: z.number().default(32),
  ExcludeCharacters: z.string().default(""),
  ExcludeLowercase: z.boolean().default(false),
  ExcludeUppercase: z.boolean().default(false),
  ExcludeNumbers: z.boolean().default(false),
  ExcludePunctuation: z.boolean().default(false),
  IncludeSpace: z.boolean().default(false),
  RequireEachIncludedType: z.boolean().default(true),
});

export const secretShape = z.strictObject({
  Name: z.string().optional(),
  Description: z.string().optional(),
  KmsKeyId: z.string().optional(),
  Tags: z.unknown().optional(),
  SecretString: z.string().optional(),
  GenerateSecretString: generateShape.optional(),
});

const versionShape = z.object({ id: z.string(), value: z.string(), createdAt: z.number() });
type Version = z.infer<typeof versionShape>;
const keptShape = z.record(z.string(), z.object({ current: versionShape, previous: versionShape.optional() }));

interface Secret {
  readonly arn: string;
  readonly name: string;
  current: Version;
  previous?: Version | undefined;
}

export interface SecretsPart extends Secrets {
  readonly service: AwsService;
  close(): void;
}

interface Dependencies {
  readonly template: Template;
  readonly clock: Clock;
  readonly counters: Counters;
  readonly directory: string | undefined;
}

const byId = z.object({
  SecretId: z.string(),
  VersionStage: z.string().optional(),
  VersionId: z.string().optional(),
});
const byIdWithValue = z.object({
  SecretId: z.string(),
  SecretString: z.string(),
  ClientRequestToken: z.string().optional(),
});

/** Secrets Manager: what the template declares, generated once and kept. */
export function createSecrets({ template, clock, counters, directory }: Dependencies): SecretsPart {
  const secrets = new Map<string, Secret>();
  const file = keptFile(directory, "secrets.json", () =>
    Object.fromEntries([...secrets.values()].map(({ name, current, previous }) => [name, { current, previous }])),
  );
  const kept = keptShape.catch({}).parse(file.read() ?? {});
  for (const resource of template.ofType("AWS::SecretsManager::Secret")) {
    const secret = declared(resource);
    secrets.set(secret.arn, { ...secret, ...kept[secret.name] });
  }
  file.changed();

  function declared(resource: Resource): Secret {
    const { Name, SecretString, GenerateSecretString } = secretShape.parse(resource.properties);
    const value = SecretString ?? generate(GenerateSecretString ?? generateShape.parse({}));
    return {
      arn: String(template.resolve({ Ref: resource.logicalId })),
      name: Name ?? resource.logicalId,
      current: { id: randomUUID(), value, createdAt: clock.now() },
    };
  }

  function find(id: string): Secret | undefined {
    return [...secrets.values()].find(({ arn, name }) => id === arn || id === name || id === arn.slice(0, -7));
  }

  function get(id: string): Secret {
    const secret = find(id);
    if (secret) return secret;
    throw new AwsError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
  }

  const needs =
    (action: string) =>
    ({ SecretId }: { SecretId: string }): readonly Need[] => [
      { action: `secretsmanager:${action}`, resource: find(SecretId)?.arn ?? SecretId },
    ];

  const described = (secret: Secret, version: Version) => ({
    ARN: secret.arn,
    Name: secret.name,
    VersionId: version.id,
    VersionStages: [version === secret.current ? "AWSCURRENT" : "AWSPREVIOUS"],
  });

  const service = jsonService("secretsmanager", "1.1", {
    GetSecretValue: operation(byId, needs("GetSecretValue"), ({ SecretId, VersionStage, VersionId }) => {
      const secret = get(SecretId);
      const versions = [secret.current, ...(secret.previous ? [secret.previous] : [])];
      const version =
        VersionId !== undefined
          ? versions.find(({ id }) => id === VersionId)
          : VersionStage === "AWSPREVIOUS"
            ? secret.previous
            : secret.current;
      if (version === undefined) {
        throw new AwsError("ResourceNotFoundException", "Secrets Manager can't find the specified secret value.");
      }
      return { ...described(secret, version), SecretString: version.value, CreatedDate: version.createdAt / 1_000 };
    }),
    PutSecretValue: operation(
      byIdWithValue,
      needs("PutSecretValue"),
      ({ SecretId, SecretString, ClientRequestToken }) => {
        const secret = get(SecretId);
        const id = ClientRequestToken ?? randomUUID();
        if (secret.current.id !== id) {
          secret.previous = secret.current;
          secret.current = { id, value: SecretString, createdAt: clock.now() };
          file.changed();
        }
        return described(secret, secret.current);
      },
    ),
    DescribeSecret: operation(byId, needs("DescribeSecret"), ({ SecretId }) => {
      const secret = get(SecretId);
      const stages = {
        [secret.current.id]: ["AWSCURRENT"],
        ...(secret.previous && { [secret.previous.id]: ["AWSPREVIOUS"] }),
      };
      return { ARN: secret.arn, Name: secret.name, VersionIdsToStages: stages };
    }),
  });

  return {
    service: {
      ...service,
      handle(call) {
        counters.add("secretsmanager.requests");
        return service.handle(call);
      },
    },
    value(id, field) {
      const secret = find(id);
      if (secret === undefined) throw new Error(`The template has no secret ${id}`);
      if (field === undefined) return secret.current.value;
      const value = parseObject(secret.current.value)?.[field];
      if (value === undefined) throw new Error(`The secret ${id} has no field ${field}`);
      return String(value);
    },
    close: () => file.close(),
  };
}

const characters = {
  ExcludeLowercase: "abcdefghijklmnopqrstuvwxyz",
  ExcludeUppercase: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  ExcludeNumbers: "0123456789",
  ExcludePunctuation: "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
} as const;

/** "GetRandomPassword": each included kind of character at least once, unless that is switched off. */
function generate(rules: z.infer<typeof generateShape>): string {
  const kinds = (Object.keys(characters) as (keyof typeof characters)[])
    .filter((exclusion) => !rules[exclusion])
    .map((exclusion) => [...characters[exclusion]].filter((one) => !rules.ExcludeCharacters.includes(one)));
  if (rules.IncludeSpace) kinds.push([" "]);
  const usable = kinds.filter((kind) => kind.length > 0);
  const all = usable.flat();
  const pick = (from: readonly string[]): string => from[randomInt(from.length)] ?? "";

  const password = Array.from({ length: rules.PasswordLength }, () => pick(all));
  if (rules.RequireEachIncludedType) {
    const places = shuffled(password.map((_, index) => index));
    usable.forEach((kind, index) => {
      const place = places[index];
      if (place !== undefined) password[place] = pick(kind);
    });
  }
  const value = password.join("");
  if (rules.GenerateStringKey === undefined) return value;
  return JSON.stringify({ ...parseObject(rules.SecretStringTemplate ?? "{}"), [rules.GenerateStringKey]: value });
}

function shuffled(list: readonly number[]): readonly number[] {
  const copy = [...list];
  for (let last = copy.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [copy[last], copy[other]] = [copy[other] ?? 0, copy[last] ?? 0];
  }
  return copy;
}
