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
    })
    .default({}),
});
export type SettingsChange = z.output<typeof SettingsChange>;

/** What the settings page reads. */
export const SettingsView = z.object({
  chatbotId: z.string(),
  version: z.int(),
  settings: ChatbotSettings,
  secretsSet: z.object({ zendeskToken: z.boolean(), webhookSecret: z.boolean() }),
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
  }),
});
export type PublicChatbot = z.output<typeof PublicChatbot>;
