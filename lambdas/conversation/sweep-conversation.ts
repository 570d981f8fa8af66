import type { FileObjects } from "../adapters/files.ts";
import type { ConversationRef } from "../domain/conversation.ts";
import type { ConversationStore } from "../store/conversations.ts";

export interface SweepingServices {
  readonly conversations: Pick<ConversationStore, "sweep">;
  readonly fileObjects: Pick<FileObjects, "erase">;
}

/** Items of one portion: the table is asked and the deletes are sent once for each. */
const portion = 250;

/**
 * Deletes what an erased conversation has left: the contents of its files, and then its items, at most about `mostItems`.
 * False: there is more. Safe to repeat, and to stop anywhere.
 */
export async function sweepConversation(
  { conversations, fileObjects }: SweepingServices,
  ref: ConversationRef,
  mostItems: number,
): Promise<boolean> {
  await fileObjects.erase(ref);
  for (let deleted = 0; deleted < mostItems; deleted += portion) {
    if ((await conversations.sweep(ref, portion)) !== "more") return true;
  }
  return false;
}
