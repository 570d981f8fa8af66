import type { Entry, FrameOf, MessageEntry } from "../contracts/protocol.ts";
import { stateOf } from "../contracts/views.ts";
import type { ConversationHead } from "../domain/conversation.ts";

/** Where things stand. Not `complete`: the client says hello again with the last number it has. */
export function stateFrame(
  head: ConversationHead,
  now: number,
  entries: readonly Entry[],
  { complete, teamUntil }: { readonly complete: boolean; readonly teamUntil?: number | undefined },
): FrameOf<"state"> {
  return { type: "state", now, state: stateOf(head, teamUntil), entries: [...entries], complete };
}

export function sentFrame(head: ConversationHead, now: number, entry: MessageEntry): FrameOf<"sent"> {
  return { type: "sent", now, id: entry.id, entry, state: stateOf(head) };
}
