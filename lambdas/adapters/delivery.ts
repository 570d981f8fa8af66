import type { NotificationView } from "../contracts/notifications.ts";
import type { Entry, FrameOf, ServerFrame } from "../contracts/protocol.ts";
import { entriesFor, rowOf, stateOf } from "../contracts/views.ts";
import type { Connection, ConversationHead, ConversationRef } from "../domain/conversation.ts";
import { isLive } from "../domain/presence.ts";
import type { Party } from "../domain/status.ts";
import type { ConversationStore } from "../store/conversations.ts";
import type { TeamStore } from "../store/members.ts";
import { type Connections, isPolling } from "./connections.ts";

/** Pushes what happened to those who look at it. A lost push loses nothing: clients sync by sequence number. */
export interface Delivery {
  /**
   * New entries, or none when only the state changed, to everybody in the conversation but `except`: each side gets
   * what is for it.
   *
   * @returns the head as it is now: without the sockets that turned out to be gone.
   */
  entries(head: ConversationHead, entries: readonly Entry[], except?: string): Promise<ConversationHead>;
  /** The same frame to those in the conversation whom `isFor` names; to both sides when it is absent. Returns as `entries`. */
  toConversation(
    head: ConversationHead,
    frame: FrameOf<"delta" | "typing" | "visitor">,
    isFor?: (connection: Connection) => boolean,
  ): Promise<ConversationHead>;
  /** The conversation's row to the team's open dashboards. */
  row(head: ConversationHead): Promise<void>;
  /** To the team's open dashboards: that row goes away. */
  gone(ref: ConversationRef): Promise<void>;
  /** A line of the ledger that has changed, to the agents in the conversation or to all of the team's dashboards as well. */
  notification(head: ConversationHead, notification: NotificationView, to: "watching" | "team"): Promise<void>;
}

interface Outside {
  readonly connections: Connections;
  readonly conversations: Pick<ConversationStore, "leave">;
  readonly team: Pick<TeamStore, "present" | "leave">;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export function createDelivery({ connections, conversations, team, now }: Outside): Delivery {
  /** Posts to those in the conversation whom it is for, and takes off the head who is gone. */
  async function toPresent(
    head: ConversationHead,
    frameOf: (party: Party) => ServerFrame,
    isFor: (connection: Connection) => boolean,
  ): Promise<ConversationHead> {
    const receivers = head.connections.filter(
      (each) => !isPolling(each.connectionId) && isLive(each.until, now()) && isFor(each),
    );
    const gone = await Promise.all(
      (["visitor", "agent"] as const).map((side) => {
        const sockets = receivers.filter(({ party }) => party === side).map(({ connectionId }) => connectionId);
        return sockets.length === 0 ? [] : postAll(sockets, frameOf(side));
      }),
    );
    if (gone.flat().length === 0) return head;
    return (await conversations.leave(head, gone.flat())) ?? head;
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

  async function toTeam(chatbotId: string, frame: ServerFrame, except: readonly string[] = []): Promise<void> {
    const sockets = (await team.present(chatbotId, now())).map(({ connectionId }) => connectionId);
    const gone = await postAll(
      sockets.filter((each) => !except.includes(each)),
      frame,
    );
    await Promise.allSettled(gone.map((each) => forget(chatbotId, each)));
  }

  return {
    toConversation: (head, frame, isFor = () => true) => toPresent(head, () => frame, isFor),
    entries: (head, entries, except) =>
      toPresent(
        head,
        (party) => ({ type: "entries", now: now(), state: stateOf(head, party), entries: entriesFor(party, entries) }),
        ({ connectionId }) => connectionId !== except,
      ),
    row: (head) => toTeam(head.chatbotId, { type: "row", now: now(), row: rowOf(head) }),
    gone: ({ chatbotId, conversationId }) => toTeam(chatbotId, { type: "gone", now: now(), conversationId }),
    async notification(head, notification, to) {
      const { conversationId } = head;
      const frame: ServerFrame = { type: "notification", now: now(), conversationId, notification };
      const watching = head.connections.filter(({ party }) => party === "agent").map((each) => each.connectionId);
      await Promise.all([
        toPresent(
          head,
          () => frame,
          ({ party }) => party === "agent",
        ),
        to === "team" ? toTeam(head.chatbotId, frame, watching) : undefined,
      ]);
    },
  };
}
