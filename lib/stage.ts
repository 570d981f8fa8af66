import * as z from "zod";

/** Days that CloudWatch Logs can keep a log group; it knows no others ("PutRetentionPolicy"). */
const logDays = z.literal([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731]);

/**
 * What differs between two deployments, as data: nothing asks for a stage by its name. Every field has a default, so
 * that `cdk synth` needs no configuration. `-c stage='{"name":"test","data":"disposable"}'` changes some.
 */
export const Stage = z.strictObject({
  /** Distinguishes deployments in one account: it is part of the stack's name and of the login's host name. */
  name: z
    .string()
    .regex(/^(?!.*(aws|amazon|cognito))[a-z][a-z0-9-]{0,19}$/, "1 to 20 characters: a–z, 0–9 and hyphens")
    .default("main"),
  /** `keep`: data outlives the stack and can't be deleted by mistake. `disposable`: it goes with the stack. */
  data: z.enum(["keep", "disposable"]).default("keep"),
  mail: z
    .strictObject({
      /** Sender of every notification. SES sends nothing before this address is verified. */
      sender: z.email().default("no-reply@example.com"),
    })
    .prefault({}),
  retention: z
    .strictObject({
      logDays: logDays.default(30),
      /** How long lifecycle events can be replayed from the archive. */
      eventDays: z.int().min(1).max(365).default(30),
    })
    .prefault({}),
  /** Seconds that an unread message waits before its recipient gets a mail. SQS delays by 15 minutes at most. */
  unseenGraceSeconds: z.int().min(0).max(900).default(60),
  /** Seconds that somebody has to open a conversation before agents get a text message. SQS delays by 15 minutes at most. */
  smsDelaySeconds: z.int().min(0).max(900).default(60),
  /** Bedrock foundation models that chatbots may answer with; the AI responder is allowed to call no others. */
  bedrockModels: z.array(z.string().regex(/^[a-z0-9][a-z0-9.:-]+$/, "a model id")).default(["amazon.nova-lite-v1:0"]),
  throttle: z
    .strictObject({
      /** Requests per second and per route of the HTTP API, and messages per second of the WebSocket API. */
      rate: z.int().min(1).max(10_000).default(500),
      burst: z.int().min(1).max(5_000).default(1_000),
    })
    .prefault({}),
});
export type Stage = z.output<typeof Stage>;

/** Reads the stage from the app's context: an object in `cdk.json`, JSON text on the command line, or nothing. */
export function readStage(context: unknown): Stage {
  const given: unknown = typeof context === "string" ? JSON.parse(context) : (context ?? {});
  const parsed = Stage.safeParse(given);
  if (!parsed.success) throw new Error(`The stage is not valid:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
