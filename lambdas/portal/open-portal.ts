import { publicChatbot, requireChatbot } from "../chatbot/public-chatbot.ts";
import type { ReplyOf } from "../contracts/http.ts";
import { noSuchConversation } from "../conversation/refusals.ts";
import { requireRunning } from "../conversation/require-access.ts";
import { lifetimes, type Tokens } from "../runtime/tokens.ts";
import type { ChatbotStore } from "../store/chatbots.ts";
import type { ConversationStore } from "../store/conversations.ts";

export interface PortalServices {
  readonly conversations: Pick<ConversationStore, "link" | "visitor" | "recordLinkOpened">;
  readonly chatbots: Pick<ChatbotStore, "get">;
  readonly tokens: Pick<Tokens, "readLinkToken" | "issueSession">;
  readonly now: () => number;
}

/**
 * Exchanges a link's token for a session. The signature keeps junk away from the table; the record says whether the
 * link still opens anything. Nothing in the conversation changes: mail scanners open links too.
 *
 * @throws DomainError `unauthorized` for what we did not sign, `link_expired`, `link_revoked`, `not_found`
 */
export async function openPortal(
  { conversations, chatbots, tokens, now }: PortalServices,
  token: string,
): Promise<ReplyOf<"openPortal">> {
  const { linkId, ...ref } = await tokens.readLinkToken(token);
  const { role, expiresAt } = requireRunning(await conversations.link(ref, linkId), now());
  const [chatbot, visitor] = await Promise.all([requireChatbot(chatbots, ref.chatbotId), conversations.visitor(ref)]);
  if (visitor === undefined) throw noSuchConversation();
  const name = role === "agent" ? chatbot.settings.brand.name : (visitor.lead.name ?? "");
  const session = await tokens.issueSession({ kind: "portal", ...ref, linkId, role, name }, expiresAt);
  await conversations.recordLinkOpened(ref, linkId, now());
  const remainingSeconds = Math.floor((expiresAt - now()) / 1000);
  return {
    session,
    expiresInSeconds: Math.min(lifetimes.portalSession, remainingSeconds),
    role,
    conversationId: ref.conversationId,
    chatbot: publicChatbot(chatbot),
    ...(role === "agent" ? { visitor } : {}),
  };
}
