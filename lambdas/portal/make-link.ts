import type { ConversationRef } from "../domain/conversation.ts";
import { DomainError } from "../domain/errors.ts";
import { lifetimes, portalOrigin, portalUrl, type Tokens } from "../runtime/tokens.ts";
import type { ChatbotStore } from "../store/chatbots.ts";
import type { ConversationStore, PortalLink } from "../store/conversations.ts";

export interface LinkServices {
  readonly conversations: Pick<ConversationStore, "createLink">;
  readonly chatbots: Pick<ChatbotStore, "get">;
  readonly tokens: Pick<Tokens, "createLinkToken">;
  /** Where portals live when the owner has no host name. */
  readonly publicOrigin: string;
  readonly now: () => number;
}

export interface LinkOrder {
  /** The same id again makes the same link, so that a repeated mail does not multiply links. */
  readonly linkId: string;
  readonly role: "agent" | "customer";
  /** For the access log: a name or an address. */
  readonly recipient: string;
}

/**
 * Makes a portal link: the record that allows revoking it, and the URL that is shown or sent and stored nowhere.
 *
 * @throws DomainError `not_found` when the chatbot or the conversation does not exist.
 */
export async function makeLink(
  { conversations, chatbots, tokens, publicOrigin, now }: LinkServices,
  ref: ConversationRef,
  { linkId, role, recipient }: LinkOrder,
): Promise<{ readonly link: PortalLink; readonly url: string }> {
  const { chatbotId, conversationId } = ref;
  const chatbot = await chatbots.get(chatbotId);
  if (chatbot === undefined) throw new DomainError("not_found", "There is no such chatbot.");
  const createdAt = now();
  const expiresAt = createdAt + lifetimes.portalLink * 1000;
  const link = { chatbotId, conversationId, linkId, role, recipient, createdAt, expiresAt, opened: 0 };
  await conversations.createLink(link);
  const token = await tokens.createLinkToken({ chatbotId, conversationId, linkId }, expiresAt);
  return { link, url: portalUrl(portalOrigin(chatbot.settings.brand, publicOrigin), role, token) };
}
