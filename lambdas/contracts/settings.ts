import * as z from "zod";
import { plans } from "../domain/plan.ts";
import { limits } from "./limits.ts";

const line = (max: number) => z.string().trim().max(max, `at most ${max} characters`);
const email = z.email("an e-mail address such as support@example.com").max(254);
/** A name below zendesk.com only: it becomes part of a URL, so nothing but a DNS label may pass. */
const subdomain = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, "the part before .zendesk.com, such as mycompany");
const color = z.string().regex(/^#[0-9a-fA-F]{6}$/, "a colour such as #0a66ff");
const httpsUrl = z.url({ protocol: /^https$/, error: "an address that begins with https://" }).max(2_000);

/** An IANA time zone that this runtime knows. */
export const timeZone = z.string().max(64).refine(isTimeZone, "a time zone such as Europe/Berlin");

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** A time of the day, `09:30`; 24:00 is the end of the day. */
export const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, "a time such as 09:30");

/** A daily span by the wall clock; one that ends before it begins runs past midnight. */
const Span = z.object({ from: clock, to: clock });

export const BusinessHours = z.object({
  enabled: z.boolean().default(false),
  timeZone: timeZone.default("UTC"),
  /** Monday is 1, Sunday 7. A day without a span is closed. */
  week: z
    .array(Span.extend({ day: z.int().min(1).max(7) }))
    .max(28)
    .default([1, 2, 3, 4, 5].map((day) => ({ day, from: "09:00", to: "17:00" }))),
  /** Days that are closed whatever the week says, `2026-12-25`. */
  closedOn: z.array(z.iso.date()).max(60).default([]),
  /** Takes the waiting message's place outside the hours. */
  awayMessage: line(500)
    .min(1, "what the visitor reads outside the hours")
    .default("Our team is away right now. Leave your e-mail address and we will answer as soon as we are back."),
});
export type BusinessHours = z.output<typeof BusinessHours>;

export const LiveChatSettings = z.object({
  enabled: z.boolean().default(false),
  buttonTrigger: z
    .object({
      enabled: z.boolean().default(true),
      text: line(60).min(1, "the text of the button").default("Talk to a human"),
      /** The button appears from this AI answer on; 1 is at once, more is lazy triggering. */
      lazy: z.boolean().default(false),
      fromAnswer: z.int().min(1).max(20).default(2),
    })
    .prefault({}),
  waitingMessage: line(500)
    .min(1, "what the visitor reads while waiting")
    .default("Thanks! We have told our team, and somebody will be with you soon. You can keep writing here."),
  email: z
    .object({
      enabled: z.boolean().default(false),
      addresses: z.array(email).max(limits.notificationAddresses).default([]),
    })
    .refine((value) => !value.enabled || value.addresses.length > 0, {
      path: ["addresses"],
      message: "at least one address, or switch e-mail off",
    })
    .prefault({}),
  zendesk: z
    .object({
      enabled: z.boolean().default(false),
      subdomain: z.union([subdomain, z.literal("")]).default(""),
      user: z.union([email, z.literal("")]).default(""),
    })
    .refine((value) => !value.enabled || (value.subdomain !== "" && value.user !== ""), {
      path: ["subdomain"],
      message: "subdomain and user are needed, or switch Zendesk off",
    })
    .prefault({}),
  /** Text messages to the phones that agents have entered for themselves. */
  sms: z.object({ enabled: z.boolean().default(false) }).prefault({}),
  /** Web Push to the browsers that agents have allowed it in. */
  push: z.object({ enabled: z.boolean().default(true) }).prefault({}),
  businessHours: BusinessHours.prefault({}),
  leadForm: z
    .object({
      /** When the visitor is asked for name and address. */
      ask: z.enum(["never", "atEscalation", "beforeChat"]).default("atEscalation"),
      /** What must be filled in; the rest is offered. Asking can be skipped only when nothing is. */
      required: z
        .array(z.enum(["name", "email", "phone"]))
        .max(3)
        .default([]),
    })
    .prefault({}),
  /** The visitor is asked for a verdict when the conversation has ended. */
  rating: z.object({ enabled: z.boolean().default(true) }).prefault({}),
  attachments: z.object({ enabled: z.boolean().default(true) }).prefault({}),
  /** An agent may give a conversation back to the bot. */
  handBack: z.object({ enabled: z.boolean().default(false) }).prefault({}),
});
export type LiveChatSettings = z.output<typeof LiveChatSettings>;

export const Responder = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("knowledge") }),
  z.object({ kind: z.literal("bedrock"), modelId: line(200).min(1) }),
  z.object({ kind: z.literal("webhook"), url: httpsUrl }),
]);
export type Responder = z.output<typeof Responder>;

export const Brand = z.object({
  name: line(60).min(1, "the name that visitors see"),
  color: color.default("#0a66ff"),
  logoUrl: z.union([httpsUrl, z.literal("")]).default(""),
  greeting: line(300).default("Hello! How can we help?"),
  suggestedQuestions: z.array(line(80).min(1)).max(6).default([]),
  /** The corner of the page that the button sits in. */
  position: z.enum(["left", "right"]).default("right"),
  locale: z
    .string()
    .regex(/^[a-z]{2}(-[A-Z]{2})?$/, "a language such as en or pt-BR")
    .default("en"),
  /** Host name of the owner's own domain for portal links; empty: the deployment's. */
  host: z
    .union([
      z
        .string()
        .regex(
          /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*$/,
          "a host name such as help.example.com",
        ),
      z.literal(""),
    ])
    .default(""),
});
export type Brand = z.output<typeof Brand>;

/** Everything that an owner may change. */
export const ChatbotSettings = z.object({
  brand: Brand,
  responder: Responder.default({ kind: "knowledge" }),
  liveChat: LiveChatSettings.prefault({}),
  retention: z
    .object({
      /** Days after its last entry when a conversation is erased; 0 keeps it until somebody erases it. */
      days: z.int().min(0).max(3_650).default(0),
    })
    .prefault({}),
});
export type ChatbotSettings = z.output<typeof ChatbotSettings>;

/** A write: the settings, the version they are based on, and secrets that are written but never read back. */
export const SettingsChange = z.strictObject({
  /** The version that was read; another owner's later change answers `conflict`. */
  version: z.int().min(0),
  settings: ChatbotSettings,
  secrets: z
    .strictObject({
      /** Absent: unchanged. Empty: removed. */
      zendeskToken: line(200).optional(),
      webhookSecret: line(200).optional(),
      /** Signs the tokens that prove who a logged-in visitor is. At least 32 characters. */
      identitySecret: z.union([line(200).min(32, "at least 32 characters"), z.literal("")]).optional(),
    })
    .default({}),
});
export type SettingsChange = z.output<typeof SettingsChange>;

/** What the settings page reads. */
export const SettingsView = z.object({
  chatbotId: z.string(),
  version: z.int(),
  settings: ChatbotSettings,
  secretsSet: z.object({ zendeskToken: z.boolean(), webhookSecret: z.boolean(), identitySecret: z.boolean() }),
  plan: z.object({ name: z.enum(plans), liveChatAddOn: z.boolean() }),
  entitlements: z.object({ liveChat: z.boolean(), mailsPerMonth: z.int() }),
  /** Notification mails of the running month (UTC). */
  mailsUsed: z.int(),
});
export type SettingsView = z.output<typeof SettingsView>;

/** What anyone may read: what the widget and the portals need to look right. */
export const PublicChatbot = z.object({
  chatbotId: z.string(),
  brand: Brand.omit({ host: true }),
  liveChat: z.object({
    enabled: z.boolean(),
    button: z.object({ enabled: z.boolean(), text: z.string(), fromAnswer: z.int() }),
    leadForm: LiveChatSettings.shape.leadForm.unwrap(),
    rating: z.boolean(),
    attachments: z.boolean(),
    /** Whether the team can be expected to answer, as far as is known without a conversation. */
    availability: z.object({
      /** False outside the business hours. */
      open: z.boolean(),
      /** When they begin again, milliseconds since the epoch. */
      opensAt: z.int().optional(),
      /** End of the presence of any agent, milliseconds since the epoch; 0 when nobody is there. */
      teamUntil: z.int(),
      /** Median of the first response times of the last days, seconds; absent while too few are known. */
      expectedWaitSeconds: z.int().optional(),
    }),
  }),
});
export type PublicChatbot = z.output<typeof PublicChatbot>;
