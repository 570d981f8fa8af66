import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import * as z from "zod";
import { ignoredTypes } from "./ignored-types.ts";
import { createResolver, type RawResource, type RawTemplate, type Surroundings, Unsupported } from "./intrinsics.ts";
import { asObject } from "./json.ts";
import type { Resource, Template } from "./service.ts";

/** A cloud assembly as `cdk synth` leaves it, before anything is resolved. */
export interface Assembly {
  readonly template: RawTemplate;
  /** Absolute paths by the asset's hash and by its S3 key without extension. */
  readonly assets: ReadonlyMap<string, string>;
}

/** The start failed because of what the template says; the message lists every reason. */
export class TemplateError extends Error {
  override readonly name = "TemplateError";
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`The local cloud cannot run this template:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
    this.problems = problems;
  }
}

const manifestShape = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      properties: z.object({ templateFile: z.string(), file: z.string() }).partial().optional(),
    }),
  ),
});
const templateShape = z.looseObject({
  Resources: z.record(z.string(), z.object({ Type: z.string() }).loose()),
});
const assetsShape = z.object({
  files: z
    .record(
      z.string(),
      z.object({
        source: z.object({ path: z.string().optional() }),
        destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
      }),
    )
    .default({}),
});

/**
 * Reads the one stack of a cloud assembly directory. `stack` picks one when there are several (its artifact name).
 * Throws a `TemplateError` that says what to do when the directory is not a readable assembly.
 */
export function loadAssembly(directory: string, stack?: string): Assembly {
  const manifest = readJson(join(directory, "manifest.json"), manifestShape, "Run `cdk synth` to write the assembly.");
  const artifacts = Object.entries(manifest.artifacts);
  const stacks = artifacts.filter(([, { type }]) => type === "aws:cloudformation:stack");
  const chosen = stack === undefined ? stacks : stacks.filter(([name]) => name === stack);
  const templateFile = chosen[0]?.[1].properties?.templateFile;
  if (chosen.length !== 1 || templateFile === undefined) {
    const names = stacks.map(([name]) => name).join(", ") || "none";
    throw new TemplateError([`${directory} must hold exactly one stack to run, or say which. It holds: ${names}.`]);
  }
  const file = join(directory, templateFile);
  const template = readJson(file, templateShape, "Synthesize again; only JSON templates can be read.");

  const assets = new Map<string, string>();
  for (const [, { type, properties }] of artifacts) {
    if (type !== "cdk:asset-manifest" || properties?.file === undefined) continue;
    const { files } = readJson(join(directory, properties.file), assetsShape, "Synthesize again.");
    for (const [hash, { source, destinations }] of Object.entries(files)) {
      if (source.path === undefined) continue;
      const path = join(directory, source.path);
      assets.set(hash, path);
      for (const { objectKey } of Object.values(destinations)) assets.set(assetKey(objectKey), path);
    }
  }
  // The shape above has been checked; CloudFormation's other sections are optional and read defensively.
  return { template: template as unknown as RawTemplate, assets };
}

function readJson<T>(file: string, shape: z.ZodType<T>, advice: string): T {
  try {
    return shape.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new TemplateError([`${file} cannot be read: ${reason}. ${advice}`]);
  }
}

/** The S3 key of an asset without folder and extension. */
export function assetKey(objectKey: string): string {
  return basename(objectKey).replace(/\.[a-z0-9]+$/i, "");
}

/** The template as the start-up checks see it. */
export interface WholeTemplate extends Template {
  /** Every resource whose condition holds, in template order. */
  all(): readonly Resource[];
}

/** Resolves lazily, because secrets are made from the template that refers to them. */
export function createTemplate({ template, assets }: Assembly, surroundings: Surroundings): WholeTemplate {
  const resolver = createResolver(template, surroundings);
  const present = Object.entries(template.Resources).filter(([, raw]) => resolver.holds(raw.Condition));
  const resources = new Map(present.map(([logicalId, raw]) => [logicalId, lazily(logicalId, raw)]));

  function lazily(logicalId: string, raw: RawResource): Resource {
    let properties: Record<string, unknown> | undefined;
    return {
      logicalId,
      type: raw.Type,
      get properties() {
        properties ??= { ...asObject(resolver.resolve(raw.Properties ?? {})) };
        return properties;
      },
    };
  }

  return {
    all: () => [...resources.values()],
    ofType: (type) => [...resources.values()].filter((resource) => resource.type === type),
    get(logicalId) {
      const resource = resources.get(logicalId);
      if (resource === undefined) throw new Error(`${logicalId} is not in the template`);
      return resource;
    },
    resolve: (value) => resolver.resolve(value),
    assetPath(hash) {
      const path = assets.get(assetKey(hash));
      if (path === undefined) throw new Error(`The asset ${hash} is not in the assembly`);
      return path;
    },
    get outputs() {
      const outputs = Object.entries(template.Outputs ?? {}).filter(([, { Condition }]) => resolver.holds(Condition));
      return Object.fromEntries(outputs.map(([name, { Value }]) => [name, String(resolver.resolve(Value))]));
    },
  };
}

/** What somebody says about a resource type: a shape of its properties, their names, or just that it is cared for. */
export type Handling = z.ZodType | readonly string[] | "any";

/**
 * Every resource that cannot run here and every intrinsic that cannot be resolved, a sentence each. Types that nobody
 * handles yet are forgiven with `"may come"`, before the parts have said what they handle.
 */
export function findProblems(
  template: WholeTemplate,
  handled: ReadonlyMap<string, Handling>,
  unknownTypes: "may come" | "problem" = "problem",
): readonly string[] {
  const problems: string[] = [];
  const providers = providerFunctions(template);
  for (const resource of template.all()) {
    const { logicalId, type } = resource;
    if (type in ignoredTypes || providers.has(logicalId)) continue;
    const handling = handled.get(type) ?? (unknownTypes === "may come" ? "any" : undefined);
    if (handling === undefined) {
      problems.push(`${logicalId}: the resource type ${type} is not supported`);
      continue;
    }
    try {
      problems.push(...misfits(resource.properties, handling).map((misfit) => `${logicalId} (${type}): ${misfit}`));
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error;
      problems.push(`${logicalId} (${type}) uses ${error.message}`);
    }
  }
  return problems;
}

function misfits(properties: Readonly<Record<string, unknown>>, handling: Handling): readonly string[] {
  // Reading resolves every intrinsic, which is the check.
  if (handling === "any") return [];
  if (Array.isArray(handling)) {
    const unknown = Object.keys(properties).filter((key) => !handling.includes(key));
    return unknown.map((key) => `the property ${key} is not supported`);
  }
  const parsed = (handling as z.ZodType).safeParse(properties);
  return parsed.success ? [] : parsed.error.issues.flatMap(sentences);
}

function sentences(issue: z.core.$ZodIssue): readonly string[] {
  const at = issue.path.join(".");
  if (issue.code !== "unrecognized_keys") return [`the property ${at} is not supported as it is: ${issue.message}`];
  return issue.keys.map((key) => `the property ${at === "" ? key : `${at}.${key}`} is not supported`);
}

const providers = new WeakMap<WholeTemplate, ReadonlySet<string>>();

/**
 * Logical ids of the functions that serve as `ServiceToken` of a custom resource. They only deploy things, so they
 * never run here; parts do what they would have done.
 */
export function providerFunctions(template: WholeTemplate): ReadonlySet<string> {
  let found = providers.get(template);
  if (found === undefined) {
    const custom = template
      .all()
      .filter(({ type }) => type.startsWith("Custom::") || type === "AWS::CloudFormation::CustomResource");
    const tokens = new Set(custom.map(({ properties }) => String(properties.ServiceToken)));
    const functions = template.ofType("AWS::Lambda::Function");
    found = new Set(functions.filter((fn) => tokens.has(arnOf(template, fn))).map(({ logicalId }) => logicalId));
    providers.set(template, found);
  }
  return found;
}

function arnOf(template: Template, fn: Resource): string {
  return String(template.resolve({ "Fn::GetAtt": [fn.logicalId, "Arn"] }));
}
