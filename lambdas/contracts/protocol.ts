import * as z from "zod";
import { roles, statuses } from "../domain/status.ts";
import { limits } from "./limits.ts";
import { NotificationView } from "./notifications.ts";

/**
 * The conversation protocol: one set of actions and frames over three transports. A page sends an action through its
 * WebSocket or, where sockets are blocked, by POST to `/actions`; the reply is the same frame either way, and frames
 * of `ServerFrame` that nobody asked for arrive as pushes. `docs/asyncapi.yaml` is generated from this file.
 */
export const protocolVersion = 1;

const chatbotId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "1 to 40 characters: a–z, 0–9 and hyphens");
const conversationId = z.string().regex(/^[A-Za-z0-9_-]{10,36}$/, "10 to 36 characters: letters, digits, - and _");
/** Made by the client once per message; a retry repeats it and finds the number that the message already has. */
const clientId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{8,36}$/, `8 to ${limits.clientIdLength} characters: letters, digits, - and _`);
const seq = z.int().min(0).max(9_999_999_999);
const fileId = z.string().regex(/^[A-Za-z0-9_-]{10,36}$/, "10 to 36 characters: letters, digits, - and _");
/** A login's `sub`. */
const agentId = z.string().regex(/^[A-Za-z0-9_:-]{1,128}$/, "the id of a member");
export const ids = { chatbotId, conversationId, clientId, seq, fileId, agentId };

const anyText = z.string().max(limits.messageLength, `at most ${limits.messageLength} characters`);
const messageText = anyText.refine(
  (text) => text.trim() !== "",
  "a message needs at least one character that is not a space",
);

/** Agents name the conversation they mean; for visitors and portals it is fixed by their session and ignored. */
const conversation = { conversationId: conversationId.optional() };

export const clientActions = {
  /** Opens or resumes: joins the conversation and returns everything after `after`. Without a conversation an agent's socket joins the inbox. */
  hello: z.strictObject({
    action: z.literal("hello"),
    version: z.literal(protocolVersion),
    after: seq.default(0),
    ...conversation,
  }),
  send: z
    .strictObject({
      action: z.literal("send"),
      id: clientId,
      /** May be empty when files are sent. */
      text: anyText,
      /** Files that were uploaded to this conversation, by the sender's side, and not sent yet. */
      attachments: z.array(fileId).max(limits.attachmentsPerMessage).optional(),
      /** Set when this is a retry: the last number the client had when it first sent, so that the server can look for it. */
      retryAfter: seq.optional(),
      ...conversation,
    })
    .refine(({ text, attachments = [] }) => text.trim() !== "" || attachments.length > 0, {
      path: ["text"],
      message: "a message needs at least one character that is not a space, or a file",
    }),
  /** A private note: agents see it, the visitor never does. */
  note: z.strictObject({
    action: z.literal("note"),
    id: clientId,
    text: messageText,
    /** As in `send`. */
    retryAfter: seq.optional(),
    ...conversation,
  }),
  /** Somebody is writing. At most one every 3 s and only while the page is visible; nothing is stored. */
  typing: z.strictObject({ action: z.literal("typing"), ...conversation }),
  /** Gives the conversation to a member of the team, or to nobody. */
  assign: z.strictObject({
    action: z.literal("assign"),
    id: clientId,
    /** Null: nobody. */
    agentId: agentId.nullable(),
    /** Whom the caller saw there; when it is somebody else by now, the answer is `conflict` and names them. */
    expected: agentId.nullable(),
    ...conversation,
  }),
  /** Hands the conversation back to the bot. Off unless the owner allows it. */
  handBack: z.strictObject({ action: z.literal("handBack"), id: clientId, ...conversation }),
  /** The visitor's verdict on an ended conversation; a later one replaces it. */
  rate: z.strictObject({
    action: z.literal("rate"),
    id: clientId,
    /** 1 is bad, 5 is very good. */
    score: z.int().min(1).max(5),
    comment: z.string().trim().max(limits.ratingComment).optional(),
    ...conversation,
  }),
  escalate: z.strictObject({ action: z.literal("escalate"), id: clientId, ...conversation }),
  takeOver: z.strictObject({ action: z.literal("takeOver"), id: clientId, ...conversation }),
  end: z.strictObject({ action: z.literal("end"), id: clientId, ...conversation }),
  reopen: z.strictObject({ action: z.literal("reopen"), id: clientId, ...conversation }),
  /** Everything up to `seq` has been seen. A lower number than before is ignored. */
  read: z.strictObject({ action: z.literal("read"), seq, ...conversation }),
  /** Sent every 55 s while the page is visible; renews the presence lease. */
  heartbeat: z.strictObject({ action: z.literal("heartbeat"), ...conversation }),
} as const;

export const ClientAction = z.discriminatedUnion("action", [
  clientActions.hello,
  clientActions.send,
  clientActions.escalate,
  clientActions.takeOver,
  clientActions.end,
  clientActions.reopen,
  clientActions.read,
  clientActions.heartbeat,
  clientActions.note,
  clientActions.typing,
  clientActions.assign,
  clientActions.handBack,
  clientActions.rate,
]);
export type ClientAction = z.output<typeof ClientAction>;
/** What a client writes, before defaults. */
export type ClientActionInput = z.input<typeof ClientAction>;

const Author = z.object({
  role: z.enum(roles),
  /** Shown to the other side. Never an e-mail address or an id. */
  name: z.string().optional(),
});

/** A file of a message. Its content is fetched with a short-lived address from `readFile`. */
export const Attachment = z.object({ fileId: z.string(), name: z.string(), type: z.string(), size: z.int() });
export type Attachment = z.output<typeof Attachment>;

/** A line of the conversation. `seq` orders; a client tolerates a hole and a late insert. */
export const MessageEntry = z.object({
  kind: z.literal("message"),
  seq,
  /** The client's id, so that the sender recognises its own message. */
  id: z.string(),
  at: z.int(),
  author: Author,
  text: z.string(),
  /** Titles of the knowledge entries that a bot's answer rests on. */
  sources: z.array(z.string()).optional(),
  /** A bot's answer that is an apology or "I don't know": the human button belongs under it whatever the trigger says. */
  offersHuman: z.boolean().optional(),
  attachments: z.array(Attachment).optional(),
});

/** A change of status, as a line of the conversation. */
export const StatusEntry = z.object({
  kind: z.literal("status"),
  seq,
  id: z.string(),
  at: z.int(),
  author: Author,
  status: z.enum(statuses),
  command: z.enum(["escalate", "takeOver", "end", "reopen", "handBack"]),
  /** The waiting message, with an escalation. */
  text: z.string().optional(),
  /** The reference number, with an escalation. */
  reference: z.string().optional(),
});

/** A private note of an agent. Only agents get it; the visitor's side gets a `hidden` entry in its place. */
export const NoteEntry = z.object({
  kind: z.literal("note"),
  seq,
  id: z.string(),
  at: z.int(),
  author: Author,
  text: z.string(),
});

/** Who takes care has changed. For agents only, like a note. */
export const AssignmentEntry = z.object({
  kind: z.literal("assignment"),
  seq,
  id: z.string(),
  at: z.int(),
  author: Author,
  /** Name of the agent; absent: nobody. */
  to: z.string().optional(),
});

/** The visitor's verdict. */
export const RatingEntry = z.object({
  kind: z.literal("rating"),
  seq,
  id: z.string(),
  at: z.int(),
  author: Author,
  score: z.int(),
  comment: z.string().optional(),
});

/** Something that is not for this side. It keeps the sequence free of holes and shows nothing; its id is made of its number. */
export const HiddenEntry = z.object({ kind: z.literal("hidden"), seq, id: z.string(), at: z.int() });

export const Entry = z.discriminatedUnion("kind", [
  MessageEntry,
  StatusEntry,
  NoteEntry,
  AssignmentEntry,
  RatingEntry,
  HiddenEntry,
]);
export type Entry = z.output<typeof Entry>;
export type NoteEntry = z.output<typeof NoteEntry>;
export type AssignmentEntry = z.output<typeof AssignmentEntry>;
export type RatingEntry = z.output<typeof RatingEntry>;
export type HiddenEntry = z.output<typeof HiddenEntry>;
export type MessageEntry = z.output<typeof MessageEntry>;
export type StatusEntry = z.output<typeof StatusEntry>;

/** A conversation's state as its clients see it. Times are milliseconds since the epoch by the server's clock. */
export const ConversationState = z.object({
  conversationId: z.string(),
  status: z.enum(statuses),
  epoch: z.int(),
  seq,
  read: z.object({ visitor: seq, agent: seq }),
  unread: z.object({ visitor: z.int(), agent: z.int() }),
  botAnswers: z.int(),
  /** End of each side's presence; in the past or 0 means gone. `team` is that of any agent of the chatbot. */
  presentUntil: z.object({ visitor: z.int(), agent: z.int(), team: z.int().optional() }),
  reference: z.string().optional(),
  assignee: z.string().optional(),
  /** The visitor's verdict, 1 to 5. */
  rating: z.int().optional(),
  lastAt: z.int(),
  startedAt: z.int(),
});
export type ConversationState = z.output<typeof ConversationState>;

/** A row of the inbox. */
export const InboxRow = ConversationState.extend({
  last: z.object({ by: z.enum(roles), preview: z.string() }).optional(),
  /** For "assigned to me". */
  assigneeId: z.string().optional(),
  displayName: z.string().optional(),
  country: z.string().optional(),
});
export type InboxRow = z.output<typeof InboxRow>;

/** Who has a conversation that somebody else wanted; for agents. */
export const Holder = z.object({
  agentId: z.string(),
  name: z.string(),
  /** Since when, if it is known. */
  at: z.int().optional(),
});

export const errorFrame = z.object({
  type: z.literal("error"),
  code: z.string(),
  message: z.string(),
  /** The action that was refused, with its id and conversation where it had them. */
  action: z.string().optional(),
  id: z.string().optional(),
  conversationId: z.string().optional(),
  fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  /** With the `conflict` of `assign`: who has the conversation by now; absent when nobody has. */
  assignee: Holder.optional(),
});

export const serverFrames = {
  /** Reply to `hello`, `escalate`, `takeOver`, `end`, `reopen`, `handBack`, `assign`, `note`, `rate`, `read`: where things stand, and entries that are new to the caller. */
  state: z.object({
    type: z.literal("state"),
    now: z.int(),
    state: ConversationState,
    entries: z.array(Entry),
    /** False: there are more entries; say `hello` again with the last `seq`. */
    complete: z.boolean(),
  }),
  /** Reply to `hello` without a conversation: an agent's socket now gets `row` frames. */
  inbox: z.object({ type: z.literal("inbox"), now: z.int(), presentUntil: z.int() }),
  /** Reply to `send`: stored, under this number. The state and every entry since the sender's own follow from it. */
  sent: z.object({
    type: z.literal("sent"),
    now: z.int(),
    id: z.string(),
    entry: MessageEntry,
    state: ConversationState,
  }),
  /** Reply to `heartbeat`. */
  present: z.object({ type: z.literal("present"), now: z.int(), presentUntil: z.int(), teamUntil: z.int().optional() }),
  /** Push: new entries, with the state after them. */
  entries: z.object({ type: z.literal("entries"), now: z.int(), state: ConversationState, entries: z.array(Entry) }),
  /** Push to the inbox: a row is new or changed. */
  row: z.object({ type: z.literal("row"), now: z.int(), row: InboxRow }),
  /** Push to the inbox: the conversation was erased; its row goes away. */
  gone: z.object({ type: z.literal("gone"), now: z.int(), conversationId: z.string() }),
  /** Push to the agents in a conversation: what is known of the visitor has changed. */
  visitor: z.object({
    type: z.literal("visitor"),
    now: z.int(),
    conversationId: z.string(),
    lead: z.object({
      name: z.string().optional(),
      email: z.string().optional(),
      phone: z.string().optional(),
      notes: z.string().optional(),
    }),
    /** The owner's server has vouched for this person. */
    verified: z.object({ subject: z.string(), at: z.int() }).optional(),
  }),
  /** Push: a piece of an AI answer that is being written. Dropped by the client when `epoch` is not the state's. */
  delta: z.object({
    type: z.literal("delta"),
    conversationId: z.string(),
    epoch: z.int(),
    answerId: z.string(),
    /** Position of `text` in the answer, in UTF-16 code units: a client appends only what continues what it has. */
    offset: z.int(),
    text: z.string(),
  }),
  /** Push: somebody of that side is writing, until `until` unless told again. */
  typing: z.object({
    type: z.literal("typing"),
    now: z.int(),
    conversationId: z.string(),
    by: z.enum(["visitor", "agent"]),
    name: z.string().optional(),
    until: z.int(),
  }),
  /** Push, to agents only: a line of the ledger has changed. A bounce goes to the whole team's dashboards. */
  notification: z.object({
    type: z.literal("notification"),
    now: z.int(),
    conversationId: z.string(),
    notification: NotificationView,
  }),
  /** Reply to an action that changes nothing, such as `typing`. */
  done: z.object({ type: z.literal("done"), action: z.string() }),
  /** Push: this socket may no longer act, for instance because its link was revoked (`link_revoked`) or the conversation erased (`erased`). The server closes it. */
  closed: z.object({ type: z.literal("closed"), code: z.string(), message: z.string() }),
  error: errorFrame,
} as const;

export const ServerFrame = z.discriminatedUnion("type", [
  serverFrames.state,
  serverFrames.inbox,
  serverFrames.sent,
  serverFrames.present,
  serverFrames.entries,
  serverFrames.row,
  serverFrames.gone,
  serverFrames.visitor,
  serverFrames.delta,
  serverFrames.typing,
  serverFrames.notification,
  serverFrames.done,
  serverFrames.closed,
  serverFrames.error,
]);
export type ServerFrame = z.output<typeof ServerFrame>;
export type FrameOf<T extends ServerFrame["type"]> = Extract<ServerFrame, { type: T }>;
