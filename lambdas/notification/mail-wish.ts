import { missingConversation } from "../conversation/missing-conversation.ts";
import type { Tokens } from "../runtime/tokens.ts";
import type { ConversationStore } from "../store/conversations.ts";
import type { MailWishStore } from "../store/mail-wishes.ts";
import { type UnsubscribeServices, unsubscribeMail } from "./unsubscribe-mail.ts";

interface ReadingServices {
  readonly conversations: Pick<ConversationStore, "head" | "erasure">;
  readonly mailWishes: Pick<MailWishStore, "isMuted">;
  readonly tokens: Pick<Tokens, "readMailToken">;
}

export type MailWishServices = ReadingServices &
  UnsubscribeServices & { readonly mailWishes: Pick<MailWishStore, "mute" | "unmute" | "isMuted"> };

/**
 * Whether new answers in the token's conversation are mailed to its address. It says nothing of an address that mails
 * bounced from: those stay stopped whatever is wished.
 *
 * @throws DomainError `unauthorized`, `link_expired`, `erased`, `not_found`
 */
export async function readMailWish(services: ReadingServices, token: string): Promise<{ wanted: boolean }> {
  const { recipientHash, ...ref } = await existing(services, token);
  return { wanted: !(await services.mailWishes.isMuted(ref, recipientHash)) };
}

/**
 * Stops the mails, or has them sent again. May be repeated.
 *
 * @throws DomainError `unauthorized`, `link_expired`; and `erased`, `not_found` when mails are wanted of a conversation
 * that is gone
 */
export async function writeMailWish(
  services: MailWishServices,
  token: string,
  wanted: boolean,
): Promise<{ wanted: boolean }> {
  if (!wanted) await unsubscribeMail(services, token);
  else {
    const { recipientHash, ...ref } = await existing(services, token);
    await services.mailWishes.unmute(ref, recipientHash);
  }
  return { wanted };
}

async function existing({ conversations, tokens }: ReadingServices, token: string) {
  const claims = await tokens.readMailToken(token);
  if ((await conversations.head(claims)) === undefined) throw await missingConversation(conversations, claims);
  return claims;
}
