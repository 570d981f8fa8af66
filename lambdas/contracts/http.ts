import * as z from "zod";
import { attachmentTypes, limits } from "./limits.ts";
import { NotificationView } from "./notifications.ts";
import { Attachment, ClientAction, Entry, Holder, InboxRow, ids, ServerFrame } from "./protocol.ts";
import { clock, PublicChatbot, SettingsChange, SettingsView, timeZone } from "./settings.ts";

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

/** The owner's server has vouched for this person. */
const Verified = z.object({ subject: z.string(), at: z.int() });

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

export const ConversationView = z.object({
  row: InboxRow,
  entries: z.array(Entry),
  /** True: there are older entries; ask with `before`. */
  more: z.boolean(),
  visitor: z.object({
    facts: VisitorFacts,
    lead: Lead,
    verified: Verified.optional(),
  }),
  /** Earlier conversations of the same visitor, newest first, at most 20. */
  earlier: z.array(z.object({ conversationId: z.string(), startedAt: z.int() })),
  links: z.array(LinkView),
  notifications: z.array(NotificationView),
});
export type ConversationView = z.output<typeof ConversationView>;

export const inboxFilters = ["all", "escalated", "unassigned", "inProgress", "ended"] as const;

const Membership = z.object({ chatbotId: z.string(), name: z.string(), role: z.enum(["agent", "owner"]) });
const Member = z.object({ agentId: z.string(), email: z.string(), name: z.string(), role: z.enum(["agent", "owner"]) });
export type Membership = z.output<typeof Membership>;
export type Member = z.output<typeof Member>;

/** What a browser announces before it uploads. */
const NewFile = z.strictObject({
  name: z.string().trim().min(1).max(200),
  type: z.enum(attachmentTypes, `one of ${attachmentTypes.join(", ")}`),
  size: z
    .int()
    .min(1, "the file is empty")
    .max(limits.attachmentBytes, `at most ${limits.attachmentBytes / 1024 / 1024} MB`),
});

const UploadGrant = z.object({
  fileId: z.string(),
  /** PUT the content there, with exactly these headers. */
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  expiresInSeconds: z.int(),
});

const DownloadGrant = z.object({ url: z.string(), expiresInSeconds: z.int(), file: Attachment });

export const CannedReply = z.object({
  /** What is typed after `/`. */
  shortcut: z
    .string()
    .normalize("NFC")
    .regex(/^[\p{L}\p{M}\p{N}_-]{1,30}$/u, "1 to 30 letters, digits, - and _"),
  title: z.string().trim().min(1).max(100),
  /** `{name}` is replaced by the visitor's name, `{agent}` by the agent's. */
  text: z.string().trim().min(1).max(limits.messageLength),
});
export type CannedReply = z.output<typeof CannedReply>;

export const KnowledgeItem = z.object({
  entryId: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "1 to 64 characters: letters, digits, - and _"),
  title: z.string().trim().min(1).max(200),
  text: z.string().trim().min(1).max(limits.knowledgeText),
});
export type KnowledgeItem = z.output<typeof KnowledgeItem>;

/** How an agent wants to be told. */
export const AgentNotifications = z.strictObject({
  sms: z.boolean().default(false),
  /** E.164, `+4930123456`; empty: none. */
  phone: z.union([z.string().regex(/^\+[1-9]\d{6,14}$/, "a number such as +4930123456"), z.literal("")]).default(""),
  push: z.boolean().default(false),
  /** No SMS and no push in this daily span. */
  quietHours: z
    .strictObject({ enabled: z.boolean(), from: clock, to: clock, timeZone })
    .default({ enabled: false, from: "22:00", to: "07:00", timeZone: "UTC" }),
});
export type AgentNotifications = z.output<typeof AgentNotifications>;

/** Seconds at the median and at the 90th percentile, and how many were measured. */
const Durations = z.object({ count: z.int(), median: z.number().optional(), p90: z.number().optional() });

const Tally = z.object({
  conversations: z.int(),
  escalations: z.int(),
  /** Taken by an agent. */
  opened: z.int(),
  ended: z.int(),
  mails: z.int(),
  tickets: z.int(),
  /** Verdicts by score, 1 to 5. */
  ratings: z.array(z.int()).length(5),
  firstResponse: Durations,
  resolution: Durations,
});

export const Analytics = z.object({
  from: z.string(),
  to: z.string(),
  total: Tally,
  days: z.array(Tally.extend({ day: z.string() })),
  /** Escalations by weekday (0 is Monday) and hour of the asked time zone: 7 × 24. */
  escalationsByHour: z.array(z.array(z.int()).length(24)).length(7),
});
export type Analytics = z.output<typeof Analytics>;

/** Who may call: `public` anyone; `session` a visitor's or portal's bearer session; `agent` / `owner` a login with that membership; `login` any login. */
export type Access = "public" | "session" | "login" | "agent" | "owner";

interface Operation {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: `/api/${string}`;
  readonly access: Access;
  /**
   * The function that serves it, together with others of the same name: what is seldom called shares a function.
   * @default the operation's own name, `start-conversation` for `startConversation`
   */
  readonly servedBy?: `${string}-${string}`;
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
      /** Starts another conversation of the visitor whom the session names, with what they left, instead of resuming it. */
      anew: z.boolean().optional(),
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
    servedBy: "save-visitor",
    summary: "Saves what the visitor left: name, e-mail, phone. Absent fields stay as they are.",
    body: Lead,
    reply: z.object({ lead: Lead }),
  }),
  issueVisitorTicket: operation({
    method: "POST",
    path: "/api/socket-tickets",
    access: "session",
    servedBy: "issue-tickets",
    summary: "A ticket for one WebSocket: single use, one minute.",
    body: empty,
    reply: z.object({ ticket: z.string(), expiresInSeconds: z.int() }),
  }),
  issueAgentTicket: operation({
    method: "POST",
    path: "/api/chatbots/{chatbotId}/socket-tickets",
    access: "agent",
    servedBy: "issue-tickets",
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
      visitor: z.object({ facts: VisitorFacts, lead: Lead, verified: Verified.optional() }).optional(),
      /** What an agent's page may offer; for the agent's portal only. */
      allowed: z.object({ handBack: z.boolean() }).optional(),
      /** For the portal of a customer whose address is known: names this address to `readMailWish` and `writeMailWish`. */
      mailToken: z.string().optional(),
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
      /** Only those of this member; `me` is the caller, `none` what nobody has. A page may be short although there are more. */
      assignee: ids.agentId.optional(),
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
    servedBy: "keep-links",
    summary: "Makes a portal link for an agent or the customer. Its URL is shown this once.",
    body: z.strictObject({ role: z.enum(["agent", "customer"]), recipient: z.string().trim().min(1).max(254) }),
    reply: z.object({ link: LinkView, url: z.string() }),
  }),
  rotateLink: operation({
    method: "POST",
    path: `${conversationPath}/links/{linkId}/rotation`,
    access: "agent",
    servedBy: "keep-links",
    summary: "Revokes a link and makes its successor for the same recipient.",
    body: empty,
    reply: z.object({ link: LinkView, url: z.string() }),
  }),
  revokeLink: operation({
    method: "DELETE",
    path: `${conversationPath}/links/{linkId}`,
    access: "agent",
    servedBy: "keep-links",
    summary: "Revokes a link: refused from now on, and its open sockets are closed.",
    reply: z.object({ link: LinkView }),
  }),
  readSettings: operation({
    method: "GET",
    path: "/api/chatbots/{chatbotId}/settings",
    access: "owner",
    servedBy: "keep-settings",
    summary: "Settings, plan, entitlements and the use of the monthly quota.",
    reply: SettingsView,
  }),
  writeSettings: operation({
    method: "PUT",
    path: "/api/chatbots/{chatbotId}/settings",
    access: "owner",
    servedBy: "keep-settings",
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
  requestUpload: operation({
    method: "POST",
    path: "/api/conversations/{conversationId}/files",
    access: "session",
    servedBy: "hand-over-files",
    summary:
      "An address that one file can be uploaded to by PUT, within 10 minutes and in the announced size and type.",
    body: NewFile,
    reply: UploadGrant,
  }),
  readFile: operation({
    method: "GET",
    path: "/api/conversations/{conversationId}/files/{fileId}",
    access: "session",
    servedBy: "hand-over-files",
    summary: "An address that a sent file can be downloaded from for 5 minutes.",
    reply: DownloadGrant,
  }),
  requestAgentUpload: operation({
    method: "POST",
    path: `${conversationPath}/files`,
    access: "agent",
    servedBy: "hand-over-files",
    summary: "`requestUpload` for an agent who logged in.",
    body: NewFile,
    reply: UploadGrant,
  }),
  readFileAsAgent: operation({
    method: "GET",
    path: `${conversationPath}/files/{fileId}`,
    access: "agent",
    servedBy: "hand-over-files",
    summary: "`readFile` for an agent who logged in.",
    reply: DownloadGrant,
  }),
  requestTranscript: operation({
    method: "POST",
    path: "/api/conversations/{conversationId}/transcript",
    access: "session",
    servedBy: "keep-mail-wishes",
    summary: "Mails the conversation to the visitor. At most three times a conversation.",
    body: z.strictObject({ email: z.email("an e-mail address such as ada@example.com").max(254) }),
    reply: z.object({ requested: z.literal(true) }),
  }),
  identifyVisitor: operation({
    method: "PUT",
    path: "/api/conversations/{conversationId}/identity",
    access: "session",
    servedBy: "save-visitor",
    summary: "Proves who the visitor is by a token that the owner's server signed with the identity secret (HS256).",
    body: z.strictObject({ jwt: z.string().max(4_000) }),
    reply: z.object({ lead: Lead, verified: z.literal(true) }),
  }),
  eraseConversation: operation({
    method: "DELETE",
    path: "/api/conversations/{conversationId}",
    access: "session",
    servedBy: "erase-conversation",
    summary: "The visitor erases the conversation: its messages, files, lead and links. It can't be undone.",
    reply: z.object({ erased: z.literal(true) }),
  }),
  eraseAsOwner: operation({
    method: "DELETE",
    path: conversationPath,
    access: "owner",
    servedBy: "erase-conversation",
    summary: "`eraseConversation` for an owner.",
    reply: z.object({ erased: z.literal(true) }),
  }),
  searchConversations: operation({
    method: "GET",
    path: "/api/chatbots/{chatbotId}/conversation-search",
    access: "agent",
    summary:
      "Conversations in which every word of the query occurs, in lead, page, reference or messages. Looks at a share of them per call; goes on with the cursor until it is absent.",
    query: z.strictObject({
      q: z.string().trim().min(2, "at least 2 characters").max(200),
      filter: z.enum(inboxFilters).default("all"),
      ongoing: z.enum(["true", "false"]).default("false"),
      from: z.iso.datetime({ offset: true }).optional(),
      to: z.iso.datetime({ offset: true }).optional(),
      cursor: z.string().max(2_000).optional(),
    }),
    reply: z.object({
      now: z.int(),
      hits: z.array(z.object({ row: InboxRow, snippet: z.string(), seq: z.int().optional() })),
      /** Conversations that this call looked at. */
      searched: z.int(),
      cursor: z.string().optional(),
    }),
  }),
  readAnalytics: operation({
    method: "GET",
    path: "/api/chatbots/{chatbotId}/analytics",
    access: "agent",
    summary: "Numbers by day and by hour of the week, in the asked time zone, for at most 366 days.",
    query: z.strictObject({ from: z.iso.date(), to: z.iso.date(), timeZone: timeZone.default("UTC") }),
    reply: Analytics,
  }),
  listTeam: operation({
    method: "GET",
    path: "/api/chatbots/{chatbotId}/team",
    access: "agent",
    servedBy: "serve-desk",
    summary: "The members by name, with who is there now: whom a conversation can be assigned to.",
    reply: z.object({
      now: z.int(),
      team: z.array(z.object({ agentId: z.string(), name: z.string(), presentUntil: z.int() })),
      /** What an agent's page may offer. */
      allowed: z.object({ handBack: z.boolean(), attachments: z.boolean() }),
    }),
  }),
  listReplies: operation({
    method: "GET",
    path: "/api/chatbots/{chatbotId}/replies",
    access: "agent",
    servedBy: "serve-desk",
    summary: "The team's canned replies.",
    reply: z.object({ replies: z.array(CannedReply) }),
  }),
  putReply: operation({
    method: "PUT",
    path: "/api/chatbots/{chatbotId}/replies/{shortcut}",
    access: "agent",
    servedBy: "serve-desk",
    summary: "Writes a canned reply, replacing the one with this shortcut.",
    body: CannedReply.omit({ shortcut: true }).strict(),
    reply: z.object({ reply: CannedReply }),
  }),
  deleteReply: operation({
    method: "DELETE",
    path: "/api/chatbots/{chatbotId}/replies/{shortcut}",
    access: "agent",
    servedBy: "serve-desk",
    summary: "Deletes a canned reply.",
    reply: z.object({ shortcut: z.string() }),
  }),
  readMyNotifications: operation({
    method: "GET",
    path: "/api/chatbots/{chatbotId}/my-notifications",
    access: "agent",
    servedBy: "keep-my-notifications",
    summary: "How the caller wants to be told about this chatbot's conversations, and the key for Web Push.",
    reply: z.object({
      preferences: AgentNotifications,
      devices: z.array(z.object({ deviceId: z.string(), label: z.string(), addedAt: z.int() })),
      /** The application server key, base64url; absent when push is switched off. */
      pushKey: z.string().optional(),
      allowed: z.object({ sms: z.boolean(), push: z.boolean() }),
    }),
  }),
  writeMyNotifications: operation({
    method: "PUT",
    path: "/api/chatbots/{chatbotId}/my-notifications",
    access: "agent",
    servedBy: "keep-my-notifications",
    summary: "Writes the caller's preferences.",
    body: AgentNotifications,
    reply: z.object({ preferences: AgentNotifications }),
  }),
  putPushDevice: operation({
    method: "PUT",
    path: "/api/chatbots/{chatbotId}/push-devices/{deviceId}",
    access: "agent",
    servedBy: "keep-my-notifications",
    summary: "Registers the caller's browser for Web Push.",
    body: z.strictObject({
      label: z.string().trim().min(1).max(100),
      subscription: z.strictObject({
        endpoint: z.url({ protocol: /^https?$/ }).max(1_000),
        keys: z.strictObject({ p256dh: z.string().max(200), auth: z.string().max(100) }),
      }),
    }),
    reply: z.object({ deviceId: z.string() }),
  }),
  deletePushDevice: operation({
    method: "DELETE",
    path: "/api/chatbots/{chatbotId}/push-devices/{deviceId}",
    access: "agent",
    servedBy: "keep-my-notifications",
    summary: "Forgets a browser of the caller.",
    reply: z.object({ deviceId: z.string() }),
  }),
  testNotification: operation({
    method: "POST",
    path: "/api/chatbots/{chatbotId}/notification-tests",
    access: "owner",
    summary: "Sends one test now, with the saved settings, and says what the other side answered.",
    body: z.strictObject({ channel: z.enum(["email", "zendesk", "sms", "push"]) }),
    reply: z.object({
      ok: z.boolean(),
      /** Who was sent to, and what the other system said when it failed, in its own words. */
      results: z.array(z.object({ recipient: z.string(), ok: z.boolean(), detail: z.string() })),
    }),
  }),
  listKnowledge: operation({
    method: "GET",
    path: "/api/chatbots/{chatbotId}/knowledge",
    access: "owner",
    servedBy: "keep-knowledge",
    summary: "The knowledge, by title; the text is cut to 200 characters.",
    reply: z.object({ entries: z.array(KnowledgeItem) }),
  }),
  readKnowledge: operation({
    method: "GET",
    path: "/api/chatbots/{chatbotId}/knowledge/{entryId}",
    access: "owner",
    servedBy: "keep-knowledge",
    summary: "One entry with its whole text.",
    reply: z.object({ entry: KnowledgeItem }),
  }),
  putKnowledge: operation({
    method: "PUT",
    path: "/api/chatbots/{chatbotId}/knowledge/{entryId}",
    access: "owner",
    servedBy: "keep-knowledge",
    summary: "Adds or replaces an entry.",
    body: KnowledgeItem.omit({ entryId: true }).strict(),
    reply: z.object({ entry: KnowledgeItem }),
  }),
  deleteKnowledge: operation({
    method: "DELETE",
    path: "/api/chatbots/{chatbotId}/knowledge/{entryId}",
    access: "owner",
    servedBy: "keep-knowledge",
    summary: "Deletes an entry.",
    reply: z.object({ entryId: z.string() }),
  }),
  tryKnowledge: operation({
    method: "POST",
    path: "/api/chatbots/{chatbotId}/knowledge-trials",
    access: "owner",
    servedBy: "keep-knowledge",
    summary:
      "Asks a question as a visitor would, without a conversation: the answer, and the entries that it rests on.",
    body: z.strictObject({ question: z.string().trim().min(1).max(limits.messageLength) }),
    reply: z.object({
      answer: z.string(),
      known: z.boolean(),
      matches: z.array(z.object({ entryId: z.string(), title: z.string(), score: z.number() })),
    }),
  }),
  checkDomain: operation({
    method: "GET",
    path: "/api/chatbots/{chatbotId}/domain-check",
    access: "owner",
    summary: "The DNS records that the chatbot's own domain needs, and what the DNS says now.",
    query: z.strictObject({ host: z.string().max(253) }),
    reply: z.object({
      records: z.array(
        z.object({
          type: z.enum(["CNAME", "TXT"]),
          name: z.string(),
          value: z.string(),
          found: z.array(z.string()),
          ok: z.boolean(),
        }),
      ),
      /** Whether this deployment answers under the name: `/config.json` was fetched through it. */
      reachable: z.boolean(),
      detail: z.string().optional(),
    }),
  }),
  unsubscribeMail: operation({
    method: "POST",
    path: "/api/mail-preferences",
    access: "public",
    servedBy: "keep-mail-wishes",
    summary:
      'Stops mails about one conversation to one address. Mail programs call it for "unsubscribe" (RFC 8058), and a page of the portal for its button; opening a link never does.',
    query: z.strictObject({ token: z.string().max(2_000) }),
    reply: z.object({ stopped: z.literal(true) }),
  }),
  readMailWish: operation({
    method: "GET",
    path: "/api/mail-preferences",
    access: "public",
    servedBy: "keep-mail-wishes",
    summary: "Whether new answers in one conversation are mailed to one address.",
    query: z.strictObject({ token: z.string().max(2_000) }),
    reply: z.object({ wanted: z.boolean() }),
  }),
  writeMailWish: operation({
    method: "PUT",
    path: "/api/mail-preferences",
    access: "public",
    servedBy: "keep-mail-wishes",
    summary: "Stops mails about one conversation to one address, or has them sent again.",
    body: z.strictObject({ token: z.string().max(2_000), wanted: z.boolean() }),
    reply: z.object({ wanted: z.boolean() }),
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
    /** With the `conflict` of an assignment: who has the conversation by now. */
    assignee: Holder.optional(),
  }),
});
