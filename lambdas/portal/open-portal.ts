import { type AvailabilityServices, publicChatbot, requireChatbot } from "../chatbot/public-chatbot.ts";
import type { ReplyOf } from "../contracts/http.ts";
import { missingConversation } from "../conversation/missing-conversation.ts";
import { requireLink } from "../conversation/require-access.ts";
import type { ConversationRef } from "../domain/conversation.ts";
import { recipientHash } from "../notification/notification-ids.ts";
import { lifetimes, type Tokens } from "../runtime/tokens.ts";
import type { Chatbot, ChatbotStore } from "../store/chatbots.ts";
import type { ConversationStore, VisitorRecord } from "../store/conversations.ts";

export interface PortalServices extends AvailabilityServices {
  readonly conversations: Pick<ConversationStore, "link" | "erasure" | "visitor" | "recordLinkOpened">;
  readonly chatbots: Pick<ChatbotStore, "get">;
  readonly tokens: Pick<Tokens, "readLinkToken" | "issueSession" | "createMailToken">;
}

/**
 * Exchanges a link's token for a session. The signature keeps junk away from the table; the record says whether the
 * link still opens anything. Nothing in the conversation changes: mail scanners open links too.
 *
 * @throws DomainError `unauthorized` for what we did not sign, `link_expired`, `link_revoked`, `erased`, `not_found`
 */
export async function openPortal(services: PortalServices, token: string): Promise<ReplyOf<"openPortal">> {
  const { conversations, chatbots, tokens, now } = services;
  const { linkId, ...ref } = await tokens.readLinkToken(token);
  const { role, expiresAt } = await requireLink({ conversations, now }, ref, linkId);
  const [chatbot, visitor] = await Promise.all([requireChatbot(chatbots, ref.chatbotId), conversations.visitor(ref)]);
  if (visitor === undefined) throw await missingConversation(conversations, ref);
  const name = role === "agent" ? chatbot.settings.brand.name : (visitor.lead.name ?? "");
  const session = await tokens.issueSession({ kind: "portal", ...ref, linkId, role, name }, expiresAt);
  await conversations.recordLinkOpened(ref, linkId, now());
  const remainingSeconds = Math.floor((expiresAt - now()) / 1000);
  return {
    session,
    expiresInSeconds: Math.min(lifetimes.portalSession, remainingSeconds),
    role,
    conversationId: ref.conversationId,
    chatbot: await publicChatbot(services, chatbot),
    ...(role === "agent" ? forAgent(chatbot, visitor) : await forCustomer(services.tokens, ref, visitor, expiresAt)),
  };
}

function forAgent({ settings }: Chatbot, { facts, lead, verified }: VisitorRecord): Partial<ReplyOf<"openPortal">> {
  return {
    visitor: {
      facts,
      lead,
      ...(verified === undefined ? {} : { verified: { subject: verified.subject, at: verified.at } }),
    },
    allowed: { handBack: settings.liveChat.handBack.enabled },
  };
}

/** Whoever can read the conversation may also say whether its answers are mailed to the address in its lead. */
async function forCustomer(
  tokens: Pick<Tokens, "createMailToken">,
  ref: ConversationRef,
  { lead: { email } }: VisitorRecord,
  expiresAt: number,
): Promise<Partial<ReplyOf<"openPortal">>> {
  if (email === undefined) return {};
  return { mailToken: await tokens.createMailToken({ ...ref, recipientHash: recipientHash(email) }, expiresAt) };
}
