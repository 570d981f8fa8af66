import * as z from "zod";
import { limits } from "./limits.ts";
import { ClientAction, Entry, InboxRow, ids, ServerFrame } from "./protocol.ts";
import { PublicChatbot, SettingsChange, SettingsView } from "./settings.ts";

/**
 * The HTTP API, as one table: the stack makes routes of it, the handlers parse with it, and `docs/openapi.yaml` is
 * generated from it. The key of an operation is the name of its handler: `startConversation` is `start-conversation.lambda.ts`.
 */

export const Lead = z.strictObject({
  name: z.string().trim().max(100).optional(),
  email: z.email("an e-mail address such as ada@example.com").max(254).optional(),
  phone: z
    .string()
    .trim()
    .regex(/^[+()\d][\d ()./-]{4,29}$/, "a phone number such as +49 30 1234567")
    .optional(),
  /** What else the visitor left, under the labels of the form. */
  notes: z.string().trim().max(1_000).optional(),
});
export type Lead = z.output<typeof Lead>;

/** What the edge saw when the conversation began. */
export const VisitorFacts = z.object({
  ip: z.string().optional(),
  country: z.string().optional(),
  userAgent: z.string().optional(),
  locale: z.string().optional(),
  page: z.string().optional(),
  referrer: z.string().optional(),
  timeZone: z.string().optional(),
});
export type VisitorFacts = z.output<typeof VisitorFacts>;

const pageUrl = z.url({ protocol: /^https?$/, error: "an http or https address" }).max(2_000);

export const LinkView = z.object({
  linkId: z.string(),
  role: z.enum(["agent", "customer"]),
  recipient: z.string(),
  createdAt: z.int(),
  expiresAt: z.int(),
  revokedAt: z.int().optional(),
  /** The access log's sum: how often a session was opened with it, and when last. */
  opened: z.int(),
  lastOpenedAt: z.int().optional(),
});
export type LinkView = z.output<typeof LinkView>;

export const NotificationView = z.object({
  notificationId: z.string(),
  channel: z.enum(["email", "zendesk"]),
  reason: z.enum(["escalated", "unseen"]),
  recipient: z.string(),
  state: z.enum(["queued", "sending", "sent", "delivered", "bounced", "failed", "skipped"]),
  /** Why it was not sent, or what the other system said. */
  detail: z.string().optional(),
  at: z.int(),
  /** The mail's or ticket's id in the other system. */
  externalId: z.string().optional(),
});
export type NotificationView = z.output<typeof NotificationView>;

export const ConversationView = z.object({
  row: InboxRow,
  entries: z.array(Entry),
  /** True: there are older entries; ask with `before`. */
  more: z.boolean(),
  visitor: z.object({ facts: VisitorFacts, lead: Lead }),
  links: z.array(LinkView),
  notifications: z.array(NotificationView),
});
export type ConversationView = z.output<typeof ConversationView>;

export const inboxFilters = ["all", "escalated", "unassigned", "inProgress", "ended"] as const;

const Membership = z.object({ chatbotId: z.string(), name: z.string(), role: z.enum(["agent", "owner"]) });
const Member = z.object({ agentId: z.string(), email: z.string(), name: z.string(), role: z.enum(["agent", "owner"]) });
export type Membership = z.output<typeof Membership>;
export type Member = z.output<typeof Member>;

/** Who may call: `public` anyone; `session` a visitor's or portal's bearer session; `agent` / `owner` a login with that membership; `login` any login. */
export type Access = "public" | "session" | "login" | "agent" | "owner";

interface Operation {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: `/api/${string}`;
  readonly access: Access;
  readonly summary: string;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly reply: z.ZodType;
}
const operation = <const T extends Operation>(value: T): T => value;

const empty = z.strictObject({});
const conversationPath = "/api/chatbots/{chatbotId}/conversations/{conversationId}" as const;

export const operations = {
  readWidget: operation({
    method: "GET",
    path: "/api/chatbots/{chatbotId}/widget",
    access: "public",
    summary: "What the widget needs to look right before a conversation exists.",
    reply: PublicChatbot,
  }),
  startConversation: operation({
    method: "POST",
    path: "/api/conversations",
    access: "public",
    summary:
      "Starts a conversation, or resumes the one that a session names. IP, country and user agent are taken at the edge.",
    body: z.strictObject({
      chatbotId: ids.chatbotId,
      /** A session from before; a foreign, bent or expired one starts anew. */
      session: z.string().max(2_000).optional(),
      page: pageUrl.optional(),
      referrer: z.union([pageUrl, z.literal("")]).optional(),
      locale: z.string().max(35).optional(),
      timeZone: z.string().max(64).optional(),
    }),
    reply: z.object({
      session: z.string(),
      conversationId: z.string(),
      visitorId: z.string(),
      resumed: z.boolean(),
      chatbot: PublicChatbot,
    }),
  }),
  actOnConversation: operation({
    method: "POST",
    path: "/api/conversations/{conversationId}/actions",
    access: "session",
    summary: "One action of the conversation protocol over HTTPS, for visitors and portals whose sockets are blocked.",
    body: ClientAction,
    reply: ServerFrame,
  }),
  saveLead: operation({
    method: "PUT",
    path: "/api/conversations/{conversationId}/lead",
    access: "session",
    summary: "Saves what the visitor left: name, e-mail, phone. Absent fields stay as they are.",
    body: Lead,
    reply: z.object({ lead: Lead }),
  }),
  issueVisitorTicket: operation({
    method: "POST",
    path: "/api/socket-tickets",
    access: "session",
    summary: "A ticket for one WebSocket: single use, one minute.",
    body: empty,
    reply: z.object({ ticket: z.string(), expiresInSeconds: z.int() }),
  }),
  issueAgentTicket: operation({
    method: "POST",
    path: "/api/chatbots/{chatbotId}/socket-tickets",
    access: "agent",
    summary: "A ticket for one WebSocket of an agent: single use, one minute.",
    body: empty,
    reply: z.object({ ticket: z.string(), expiresInSeconds: z.int() }),
  }),
  openPortal: operation({
    method: "POST",
    path: "/api/portal-sessions",
    access: "public",
    summary: "Exchanges a portal link's token for a session of one hour. Changes nothing in the conversation.",
    body: z.strictObject({ token: z.string().max(2_000) }),
    reply: z.object({
      session: z.string(),
      expiresInSeconds: z.int(),
      role: z.enum(["agent", "customer"]),
      conversationId: z.string(),
      chatbot: PublicChatbot,
      /** For the agent's portal only. */
      visitor: z.object({ facts: VisitorFacts, lead: Lead }).optional(),
    }),
  }),
  listMemberships: operation({
    method: "GET",
    path: "/api/memberships",
    access: "login",
    summary: "The chatbots that the caller may see.",
    reply: z.object({ memberships: z.array(Membership) }),
  }),
  listConversations: operation({
    method: "GET",
    path: "/api/chatbots/{chatbotId}/conversations",
    access: "agent",
    summary: "The inbox: newest activity first, page by page.",
    query: z.strictObject({
      filter: z.enum(inboxFilters).default("escalated"),
      /** Leaves ended conversations out. */
      ongoing: z.enum(["true", "false"]).default("false"),
      /** First moment, ISO 8601; 30 days ago when absent. */
      from: z.iso.datetime({ offset: true }).optional(),
      /** Last moment, ISO 8601; now when absent. */
      to: z.iso.datetime({ offset: true }).optional(),
      limit: z.coerce.number().int().min(1).max(limits.inboxPage).default(25),
      cursor: z.string().max(2_000).optional(),
    }),
    reply: z.object({ now: z.int(), rows: z.array(InboxRow), cursor: z.string().optional() }),
  }),
  viewConversation: operation({
    method: "GET",
    path: conversationPath,
    access: "agent",
    summary: "A conversation with its history, visitor, portal links and notification ledger.",
    query: z.strictObject({ before: z.coerce.number().int().min(1).optional() }),
    reply: ConversationView,
  }),
  actAsAgent: operation({
    method: "POST",
    path: `${conversationPath}/actions`,
    access: "agent",
    summary: "One action of the conversation protocol over HTTPS: take over, answer, end, reopen, read.",
    body: ClientAction,
    reply: ServerFrame,
  }),
  createLink: operation({
    method: "POST",
    path: `${conversationPath}/links`,
    access: "agent",
    summary: "Makes a portal link for an agent or the customer. Its URL is shown this once.",
    body: z.strictObject({ role: z.enum(["agent", "customer"]), recipient: z.string().trim().min(1).max(254) }),
    reply: z.object({ link: LinkView, url: z.string() }),
  }),
  rotateLink: operation({
    method: "POST",
    path: `${conversationPath}/links/{linkId}/rotation`,
    access: "agent",
    summary: "Revokes a link and makes its successor for the same recipient.",
    body: empty,
    reply: z.object({ link: LinkView, url: z.string() }),
  }),
  revokeLink: operation({
    method: "DELETE",
    path: `${conversationPath}/links/{linkId}`,
    access: "agent",
    summary: "Revokes a link: refused from now on, and its open sockets are closed.",
    reply: z.object({ link: LinkView }),
  }),
  readSettings: operation({
    method: "GET",
    path: "/api/chatbots/{chatbotId}/settings",
    access: "owner",
    summary: "Settings, plan, entitlements and the use of the monthly quota.",
    reply: SettingsView,
  }),
  writeSettings: operation({
    method: "PUT",
    path: "/api/chatbots/{chatbotId}/settings",
    access: "owner",
    summary: "Writes the settings. What the plan does not allow is refused as `not_entitled`.",
    body: SettingsChange,
    reply: SettingsView,
  }),
  listMembers: operation({
    method: "GET",
    path: "/api/chatbots/{chatbotId}/members",
    access: "owner",
    summary: "Who may see this chatbot.",
    reply: z.object({ members: z.array(Member) }),
  }),
  inviteMember: operation({
    method: "POST",
    path: "/api/chatbots/{chatbotId}/members",
    access: "owner",
    summary: "Invites somebody by e-mail, or changes the role of a member.",
    body: z.strictObject({
      email: z.email().max(254),
      name: z.string().trim().min(1).max(100),
      role: z.enum(["agent", "owner"]),
    }),
    reply: z.object({ member: Member }),
  }),
  removeMember: operation({
    method: "DELETE",
    path: "/api/chatbots/{chatbotId}/members/{agentId}",
    access: "owner",
    summary: "Removes a member; open sockets of theirs are closed. The last owner can't be removed.",
    reply: z.object({ agentId: z.string() }),
  }),
} as const;

export type OperationId = keyof typeof operations;
export type BodyOf<T extends OperationId> = (typeof operations)[T] extends { body: infer B extends z.ZodType }
  ? z.output<B>
  : undefined;
export type QueryOf<T extends OperationId> = (typeof operations)[T] extends { query: infer Q extends z.ZodType }
  ? z.output<Q>
  : undefined;
export type ReplyOf<T extends OperationId> = z.output<(typeof operations)[T]["reply"]>;

/** Every error, in this shape, with the status of `runtime/errors.ts`. */
export const ErrorReply = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  }),
});
