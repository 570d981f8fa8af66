import type { LifecycleEvent } from "../../contracts/events.ts";
import type { ConversationRef } from "../../domain/conversation.ts";
import { conversationKeys } from "../keys.ts";
import type { MailWishStore } from "../mail-wishes.ts";

/** `outbox` is that of the conversations: a request leaves with it. */
export function createMemoryMailWishes(outbox: LifecycleEvent[]): MailWishStore {
  const muted = new Set<string>();
  const transcripts = new Map<string, number>();
  const mutedKey = (ref: ConversationRef, recipientHash: string): string =>
    `${conversationKeys.partition(ref)}/${recipientHash}`;

  return {
    async mute(ref, recipientHash) {
      muted.add(mutedKey(ref, recipientHash));
    },

    async unmute(ref, recipientHash) {
      muted.delete(mutedKey(ref, recipientHash));
    },

    async isMuted(ref, recipientHash) {
      return muted.has(mutedKey(ref, recipientHash));
    },

    async requestTranscript(ref, detail, limit) {
      if (outbox.some((each) => each.detail.eventId === detail.eventId)) return true;
      const key = conversationKeys.partition(ref);
      const requested = transcripts.get(key) ?? 0;
      if (requested >= limit) return false;
      transcripts.set(key, requested + 1);
      outbox.push({ type: "transcript.requested.v1", detail: structuredClone(detail) });
      return true;
    },
  };
}
