import type { Entry } from "../contracts/protocol.ts";
import { type ConversationHead, isPresent } from "../domain/conversation.ts";
import { isLive } from "../domain/presence.ts";
import type { Party } from "../domain/status.ts";
import { unseen } from "./consequences.ts";
import type { ConversationServices } from "./services.ts";

/*
 * Telling the others what is stored. It never fails the action: what is stored stays stored, and whoever misses a
 * push finds it by its next sync.
 */

type Announcing = Pick<ConversationServices, "conversations" | "delivery" | "now" | "log">;

/** A message: to all in the conversation, and to the team when somebody has to act and no agent is looking. */
export async function announceMessage(
  services: Announcing,
  head: ConversationHead,
  entry: Entry,
  sender: string | undefined,
): Promise<void> {
  await quietly(services, head, async () => {
    const reached = await services.delivery.entries(head, [entry], sender);
    const somebodyHasToAct = head.status !== "unrequested" && !isPresent(reached, "agent", services.now());
    if (somebodyHasToAct) await services.delivery.row(reached);
    if (reached !== head) await tellTheAbsent(services, reached);
  });
}

/** A change of status: to all in the conversation and to the team. */
export async function announceMove(
  services: Announcing,
  head: ConversationHead,
  entries: readonly Entry[],
  sender: string | undefined,
): Promise<void> {
  await quietly(services, head, async () => {
    const [reached] = await Promise.all([
      services.delivery.entries(head, entries, sender),
      services.delivery.row(head),
    ]);
    if (reached !== head) await tellTheAbsent(services, reached);
  });
}

/** A note, an assignment or a rating: to all in the conversation, and to the team when its row shows it. */
export async function announceRemark(
  services: Announcing,
  head: ConversationHead,
  entry: Entry,
  sender: string | undefined,
  { showsInRow }: { readonly showsInRow: boolean },
): Promise<void> {
  await quietly(services, head, async () => {
    const [reached] = await Promise.all([
      services.delivery.entries(head, [entry], sender),
      showsInRow ? services.delivery.row(head) : undefined,
    ]);
    if (reached !== head) await tellTheAbsent(services, reached);
  });
}

/** A changed state without new entries, such as a read mark, to all in the conversation. */
export async function announceState(
  services: Announcing,
  head: ConversationHead,
  sender: string | undefined,
): Promise<void> {
  await quietly(services, head, async () => {
    await services.delivery.entries(head, [], sender);
  });
}

/** A side has come or gone: to the other side, and to the team where the conversation is theirs. */
export async function announcePresence(
  services: Announcing,
  head: ConversationHead,
  party: Party,
  sender: string | undefined,
): Promise<void> {
  await quietly(services, head, async () => {
    const dotChanges = party === "visitor" && head.status !== "unrequested";
    await Promise.all([
      services.delivery.entries(head, [], sender),
      dotChanges ? services.delivery.row(head) : undefined,
    ]);
  });
}

/** Whether nobody else of the party is here, so that one more or one less makes its presence change. */
export function isOnlyOne(head: ConversationHead, party: Party, connectionId: string, now: number): boolean {
  return !head.connections.some(
    (each) => each.party === party && each.connectionId !== connectionId && isLive(each.until, now),
  );
}

/** Sets a notification going when a message waits for somebody who has left meanwhile. */
export async function tellTheAbsent(
  { conversations, now }: Pick<ConversationServices, "conversations" | "now">,
  head: ConversationHead,
): Promise<void> {
  const { events, notified } = unseen(head, now());
  if (notified !== undefined) await conversations.raise(head, { events, notified });
}

async function quietly({ log }: Announcing, head: ConversationHead, announce: () => Promise<void>): Promise<void> {
  try {
    await announce();
  } catch (error) {
    log.warn("push_failed", { conversationId: head.conversationId, error });
  }
}
