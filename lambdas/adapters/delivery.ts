import type { Entry, ServerFrame } from "../contracts/protocol.ts";
import { rowOf, stateOf } from "../contracts/views.ts";
import type { ConversationHead } from "../domain/conversation.ts";
import { isLive } from "../domain/presence.ts";
import type { ConversationStore } from "../store/conversations.ts";
import type { TeamStore } from "../store/members.ts";
import { type Connections, isPolling } from "./connections.ts";

/** Pushes what happened to those who look at it. A lost push loses nothing: clients sync by sequence number. */
export interface Delivery {
  /** New entries, or none when only the state changed, to everybody in the conversation but `except`. */
  entries(head: ConversationHead, entries: readonly Entry[], except?: string): Promise<ConversationHead>;
  /**
   * Any frame to everybody in the conversation but `except`.
   *
   * @returns the head as it is now: without the sockets that turned out to be gone.
   */
  toConversation(head: ConversationHead, frame: ServerFrame, except?: string): Promise<ConversationHead>;
  /** The conversation's row to the team's open dashboards. */
  row(head: ConversationHead): Promise<void>;
}

interface Outside {
  readonly connections: Connections;
  readonly conversations: Pick<ConversationStore, "leave">;
  readonly team: Pick<TeamStore, "present" | "leave">;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export function createDelivery({ connections, conversations, team, now }: Outside): Delivery {
  async function toConversation(head: ConversationHead, frame: ServerFrame, except?: string) {
    const receivers = head.connections.filter(
      ({ connectionId, until }) => connectionId !== except && !isPolling(connectionId) && isLive(until, now()),
    );
    const gone = await postAll(
      receivers.map((each) => each.connectionId),
      frame,
    );
    if (gone.length === 0) return head;
    return (await conversations.leave(head, gone)) ?? head;
  }

  /** Posts to all at once; one that fails harms no other. Returns those that are gone. */
  async function postAll(connectionIds: readonly string[], frame: ServerFrame): Promise<string[]> {
    const results = await Promise.allSettled(connectionIds.map((each) => connections.post(each, frame)));
    return connectionIds.filter((_, index) => {
      const result = results[index];
      return result?.status === "fulfilled" && result.value === "gone";
    });
  }

  /** An agent's socket that is gone has gone from the conversations that it had open, too. */
  async function forget(chatbotId: string, connectionId: string): Promise<void> {
    const left = await team.leave(chatbotId, connectionId);
    await Promise.all(left.map((conversationId) => conversations.leave({ chatbotId, conversationId }, [connectionId])));
  }

  return {
    toConversation,
    entries: (head, entries, except) =>
      toConversation(head, { type: "entries", now: now(), state: stateOf(head), entries: [...entries] }, except),
    async row(head) {
      const sockets = await team.present(head.chatbotId, now());
      const gone = await postAll(
        sockets.map((each) => each.connectionId),
        { type: "row", now: now(), row: rowOf(head) },
      );
      await Promise.allSettled(gone.map((each) => forget(head.chatbotId, each)));
    },
  };
}
