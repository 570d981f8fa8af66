import type { Tokens } from "../runtime/tokens.ts";
import type { ConversationStore } from "../store/conversations.ts";
import type { MailWishStore } from "../store/mail-wishes.ts";

export interface UnsubscribeServices {
  readonly conversations: Pick<ConversationStore, "head">;
  readonly mailWishes: Pick<MailWishStore, "mute">;
  readonly tokens: Pick<Tokens, "readMailToken">;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * No more mails about one conversation to one address. May be repeated, and is no error when the conversation has been
 * erased since: then no mail comes either.
 *
 * @throws DomainError `unauthorized`, `link_expired`
 */
export async function unsubscribeMail(services: UnsubscribeServices, token: string): Promise<void> {
  const { recipientHash, ...ref } = await services.tokens.readMailToken(token);
  if ((await services.conversations.head(ref)) === undefined) return;
  await services.mailWishes.mute(ref, recipientHash, services.now());
}
