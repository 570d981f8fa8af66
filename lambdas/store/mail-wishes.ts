import type { EventDetail } from "../contracts/events.ts";
import type { ConversationRef } from "../domain/conversation.ts";

/** What customers want by mail, and what not, conversation by conversation. */
export interface MailWishStore {
  /** No more mail about this conversation to the address of this hash. May be said again. */
  mute(ref: ConversationRef, recipientHash: string, at: number): Promise<void>;
  /** Mail about this conversation is welcome at the address again. May be said again. */
  unmute(ref: ConversationRef, recipientHash: string): Promise<void>;
  isMuted(ref: ConversationRef, recipientHash: string): Promise<boolean>;
  /**
   * Stores a request together with its event. One that was stored before is `true` and changes nothing.
   *
   * @returns false when the conversation has had `limit` requests.
   */
  requestTranscript(
    ref: ConversationRef,
    detail: EventDetail<"transcript.requested.v1">,
    limit: number,
  ): Promise<boolean>;
}
