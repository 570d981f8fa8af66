import type { Brand } from "../contracts/settings.ts";
import type { ConversationRef } from "../domain/conversation.ts";
import { lifetimes, portalOrigin, portalUrl, type Tokens } from "../runtime/tokens.ts";
import type { ConversationStore } from "../store/conversations.ts";
import { linkIdOf } from "./notification-ids.ts";

export interface Invitation {
  readonly ref: ConversationRef;
  readonly brand: Pick<Brand, "host">;
  readonly role: "agent" | "customer";
  /** For the list of links: whom it was sent to. */
  readonly recipient: string;
  readonly notificationId: string;
  /** When the fact happened, milliseconds: the link lives 30 days from then, whenever the mail goes out. */
  readonly at: number;
}

/** Makes the recipient's own portal link and returns its URL. */
export type Invite = (invitation: Invitation) => Promise<string>;

export function createInvite(outside: {
  readonly conversations: Pick<ConversationStore, "createLink">;
  readonly tokens: Pick<Tokens, "createLinkToken">;
  readonly publicOrigin: string;
}): Invite {
  return async ({ ref, brand, role, recipient, notificationId, at }) => {
    const { chatbotId, conversationId } = ref;
    const linkId = linkIdOf(conversationId, notificationId);
    const expiresAt = at + lifetimes.portalLink * 1000;
    // Stores nothing when the link exists: a retry keeps its access log, and a revoked link stays revoked.
    await outside.conversations.createLink({
      chatbotId,
      conversationId,
      linkId,
      role,
      recipient,
      createdAt: at,
      expiresAt,
      opened: 0,
    });
    const token = await outside.tokens.createLinkToken({ chatbotId, conversationId, linkId }, expiresAt);
    return portalUrl(portalOrigin(brand, outside.publicOrigin), role, token);
  };
}
