import type { Brand } from "../contracts/settings.ts";
import type { ConversationRef } from "../domain/conversation.ts";
import { lifetimes, portalOrigin, type Tokens } from "../runtime/tokens.ts";
import { recipientHash } from "./notification-ids.ts";

/** How a customer stops mails about one conversation. */
export interface StopUrls {
  /** For people: a page of the portal, where a button does it. Opening it changes nothing, as scanners open it too. */
  readonly page: string;
  /** For mail programs, which POST to it (RFC 8058). */
  readonly oneClick: string;
}

export type StopMails = (wish: {
  readonly ref: ConversationRef;
  readonly brand: Pick<Brand, "host">;
  readonly recipient: string;
  /** When the fact happened, milliseconds: the link lives as long as the portal link beside it. */
  readonly at: number;
}) => Promise<StopUrls>;

export function createStopMails(outside: {
  readonly tokens: Pick<Tokens, "createMailToken">;
  readonly publicOrigin: string;
}): StopMails {
  return async ({ ref: { chatbotId, conversationId }, brand, recipient, at }) => {
    const claims = { chatbotId, conversationId, recipientHash: recipientHash(recipient) };
    const token = await outside.tokens.createMailToken(claims, at + lifetimes.portalLink * 1000);
    const origin = portalOrigin(brand, outside.publicOrigin);
    return { page: `${origin}/portal/mail#${token}`, oneClick: `${origin}/api/mail-preferences?token=${token}` };
  };
}
