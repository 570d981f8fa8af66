import * as z from "zod";
import { isObject, type JsonObject } from "../json.ts";
import { ruleArn } from "../physical-ids.ts";
import type { Resource } from "../service.ts";
import { checkPattern } from "./pattern.ts";
import { parseSchedule, type Schedule } from "./schedule.ts";

const targetShape = z.strictObject({
  Id: z.string(),
  Arn: z.string().regex(/^arn:aws:(lambda|sqs):/, "only functions and queues can be targets"),
  DeadLetterConfig: z.strictObject({ Arn: z.string() }).optional(),
  Input: z.string().optional(),
  InputPath: z.string().optional(),
  InputTransformer: z
    .strictObject({ InputPathsMap: z.record(z.string(), z.string()).default({}), InputTemplate: z.string() })
    .optional(),
  RetryPolicy: z.unknown().optional(),
});

export const ruleShape = z.strictObject({
  Description: z.string().optional(),
  EventBusName: z.string().default("default"),
  EventPattern: z.record(z.string(), z.unknown()).optional(),
  Name: z.string().optional(),
  ScheduleExpression: z.string().optional(),
  State: z.string().default("ENABLED"),
  Tags: z.unknown().optional(),
  Targets: z.array(targetShape).default([]),
});

export const busShape = z.strictObject({
  Name: z.string(),
  DeadLetterConfig: z.unknown().optional(),
  Description: z.string().optional(),
  KmsKeyIdentifier: z.string().optional(),
  LogConfig: z.unknown().optional(),
  Tags: z.unknown().optional(),
});

export const archiveShape = z.strictObject({
  ArchiveName: z.string().optional(),
  Description: z.string().optional(),
  EventPattern: z.record(z.string(), z.unknown()).optional(),
  KmsKeyIdentifier: z.string().optional(),
  RetentionDays: z.number().optional(),
  SourceArn: z.string(),
});

export type Target = z.infer<typeof targetShape>;

export interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly bus: string;
  readonly pattern: JsonObject | undefined;
  readonly schedule: Schedule | undefined;
  readonly targets: readonly Target[];
}

export function busName(nameOrArn: string): string {
  return nameOrArn.replace(/^.*event-bus\//, "");
}

/** Throws for a pattern or a schedule that means nothing. */
export function toRule({ logicalId, properties }: Resource): Rule | undefined {
  const shape = ruleShape.parse(properties);
  if (!shape.State.startsWith("ENABLED")) return undefined;
  const name = shape.Name ?? logicalId;
  return {
    name,
    arn: ruleArn(name, shape.EventBusName),
    bus: busName(shape.EventBusName),
    pattern: shape.EventPattern && checkPattern(shape.EventPattern),
    schedule: shape.ScheduleExpression === undefined ? undefined : parseSchedule(shape.ScheduleExpression),
    targets: shape.Targets,
  };
}

/** What a target gets of an event ("Amazon EventBridge input transformation"). */
export function inputFor(target: Target, event: JsonObject): unknown {
  if (target.Input !== undefined) return JSON.parse(target.Input);
  if (target.InputPath !== undefined) return valueAt(target.InputPath, event);
  if (target.InputTransformer === undefined) return event;
  const { InputPathsMap: paths, InputTemplate: template } = target.InputTransformer;
  const filled = template.replace(/"?<([^<>\s]+)>"?/g, (whole, name: string) => {
    const value = paths[name] === undefined ? reserved(name, event) : valueAt(paths[name], event);
    if (value === undefined && paths[name] === undefined) return whole;
    const quoted = whole.startsWith('"') && whole.endsWith('"');
    if (quoted || !/^"|"$/.test(whole)) return JSON.stringify(value ?? "");
    // A placeholder inside a longer string: only the text goes in, escaped.
    return whole.replace(/<[^<>]+>/, () =>
      JSON.stringify(typeof value === "string" ? value : JSON.stringify(value)).slice(1, -1),
    );
  });
  try {
    return JSON.parse(filled) as unknown;
  } catch {
    return filled;
  }
}

function reserved(name: string, event: JsonObject): unknown {
  return name === "aws.events.event" || name === "aws.events.event.json" ? event : undefined;
}

/** `$.detail.items[0].id` */
function valueAt(path: string, event: JsonObject): unknown {
  const steps = path
    .replace(/^\$\.?/, "")
    .split(/[.[\]]+/)
    .filter(Boolean);
  return steps.reduce<unknown>((value, step) => {
    if (Array.isArray(value)) return value[Number(step)];
    return isObject(value) ? value[step] : undefined;
  }, event);
}
