import type { Entry, FrameOf, MessageEntry } from "../contracts/protocol.ts";
import { entriesFor, stateOf } from "../contracts/views.ts";
import type { ConversationHead } from "../domain/conversation.ts";
import type { Party } from "../domain/status.ts";

/** Where things stand, for one side. Not `complete`: the client says hello again with the last number it has. */
export function stateFrame(
  party: Party,
  head: ConversationHead,
  now: number,
  entries: readonly Entry[],
  { complete, teamUntil }: { readonly complete: boolean; readonly teamUntil?: number | undefined },
): FrameOf<"state"> {
  return { type: "state", now, state: stateOf(head, party, teamUntil), entries: entriesFor(party, entries), complete };
}

export function sentFrame(party: Party, head: ConversationHead, now: number, entry: MessageEntry): FrameOf<"sent"> {
  return { type: "sent", now, id: entry.id, entry, state: stateOf(head, party) };
}
