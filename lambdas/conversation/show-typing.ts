import type { ClientAction, FrameOf } from "../contracts/protocol.ts";
import type { Connection } from "../domain/conversation.ts";
import type { Participant } from "./participant.ts";
import { helloRequired, noSuchConversation } from "./refusals.ts";
import type { ConversationServices } from "./services.ts";

/** How long somebody counts as writing who does not say so again, milliseconds: a lost page stops by itself. */
const typingMs = 6_000;

/**
 * Somebody is writing: told to the other side and to other agents who have the conversation open, and stored nowhere. So
 * a visitor who talks to the bot is seen only by an agent who looks. One read of half a unit and one push for each of
 * them; pages say it once in 3 s at most, and the throttles of the APIs stop who says it more often.
 *
 * @throws DomainError `hello_required` for a socket that has not joined, `not_found`
 */
export async function showTyping(
  services: ConversationServices,
  who: Participant,
  { action }: Extract<ClientAction, { action: "typing" }>,
): Promise<FrameOf<"done">> {
  const { conversations, delivery, now, log } = services;
  const { party, author, connectionId } = who;
  const head = await conversations.glance(who.ref);
  if (head === undefined) throw noSuchConversation();
  if (connectionId !== undefined && !head.connections.some((each) => each.connectionId === connectionId)) {
    throw helloRequired();
  }
  const { conversationId } = head;
  const name = author.name === undefined ? {} : { name: author.name };
  const at = now();
  await delivery
    .toConversation(
      head,
      { type: "typing", now: at, conversationId, by: party, ...name, until: at + typingMs },
      (connection) => concerns(who, connection),
    )
    .catch((error: unknown) => log.warn("push_failed", { conversationId, error }));
  return { type: "done", action };
}

/** Not the writer's own side, but for agents, who see what a colleague is about to do. */
function concerns({ party, author, connectionId }: Participant, connection: Connection): boolean {
  if (connection.party !== party) return true;
  if (party === "visitor" || connection.connectionId === connectionId) return false;
  return author.agentId === undefined || connection.agentId !== author.agentId;
}
