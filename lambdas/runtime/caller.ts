import * as z from "zod";
import { ids } from "../contracts/protocol.ts";
import type { Party } from "../domain/status.ts";

/** A visitor in the widget, known by the session of one conversation. */
export const VisitorCaller = z.strictObject({
  kind: z.literal("visitor"),
  chatbotId: ids.chatbotId,
  conversationId: ids.conversationId,
  visitorId: z.string().min(1).max(64),
});
export type VisitorCaller = z.output<typeof VisitorCaller>;

/** Somebody who opened a portal link: fixed to one conversation and one side of it. */
export const PortalCaller = z.strictObject({
  kind: z.literal("portal"),
  chatbotId: ids.chatbotId,
  conversationId: ids.conversationId,
  linkId: z.string().min(1).max(64),
  role: z.enum(["agent", "customer"]),
  /** Shown to the other side; empty for a customer who left no name. */
  name: z.string().max(100),
});
export type PortalCaller = z.output<typeof PortalCaller>;

/** Somebody who logged in, within one chatbot that they are a member of. */
export const AgentCaller = z.strictObject({
  kind: z.literal("agent"),
  agentId: z.string().min(1).max(128),
  chatbotId: ids.chatbotId,
  name: z.string().max(100),
  role: z.enum(["agent", "owner"]),
});
export type AgentCaller = z.output<typeof AgentCaller>;

/** Whoever speaks through a bearer session. */
export const SessionCaller = z.discriminatedUnion("kind", [VisitorCaller, PortalCaller]);
export type SessionCaller = z.output<typeof SessionCaller>;

/**
 * Who is asking. It comes from a token that we signed or from the authorizer, never from a body. All its values are
 * strings, so that it fits a WebSocket authorizer's context as it is.
 */
export const Caller = z.discriminatedUnion("kind", [VisitorCaller, PortalCaller, AgentCaller]);
export type Caller = z.output<typeof Caller>;

/** Somebody who logged in, before a chatbot is known. */
export interface LoginCaller {
  readonly agentId: string;
}

/** The side of the conversation that a caller takes: a customer's portal is the visitor's. */
export function partyOf(caller: Caller): Party {
  if (caller.kind === "agent") return "agent";
  return caller.kind === "portal" && caller.role === "agent" ? "agent" : "visitor";
}
