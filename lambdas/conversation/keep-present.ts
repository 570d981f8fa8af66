import type { ClientAction, FrameOf } from "../contracts/protocol.ts";
import type { ConversationHead } from "../domain/conversation.ts";
import { announcePresence, isOnlyOne, tellTheAbsent } from "./announce.ts";
import { connectionOf, type Participant } from "./participant.ts";
import { helloRequired, noSuchConversation } from "./refusals.ts";
import { requireAccess } from "./require-access.ts";
import type { ConversationServices } from "./services.ts";
import { teamPresentUntil } from "./team-presence.ts";

/**
 * A visible page says that it is still there. It also notices when the other side has vanished without a word and a
 * message is waiting for it.
 *
 * @throws DomainError `hello_required` for a socket that has not joined, `not_found`, and what `requireAccess` throws
 */
export async function keepPresent(
  services: ConversationServices,
  who: Participant,
  _action: Extract<ClientAction, { action: "heartbeat" }>,
): Promise<FrameOf<"present">> {
  const connection = connectionOf(who, services.now());
  const head =
    who.connectionId === undefined
      ? await joinPolling(services, who)
      : await renewSocket(services, who, who.connectionId, connection.until);
  await tellTheAbsent(services, head);
  const teamUntil = who.party === "visitor" ? await teamPresentUntil(services, who.ref.chatbotId) : undefined;
  return {
    type: "present",
    now: services.now(),
    presentUntil: connection.until * 1000,
    ...(teamUntil === undefined ? {} : { teamUntil }),
  };
}

async function renewSocket(
  services: ConversationServices,
  who: Participant,
  connectionId: string,
  until: number,
): Promise<ConversationHead> {
  // An agent's membership may have ended while the socket stayed open; a revoked link takes its sockets off the head.
  if (who.caller.kind === "agent") await requireAccess(services, who.caller);
  const head = await services.conversations.renew(who.ref, connectionId, until);
  if (head === undefined) throw helloRequired();
  return head;
}

async function joinPolling(services: ConversationServices, who: Participant): Promise<ConversationHead> {
  const connection = connectionOf(who, services.now());
  const head = await services.conversations.join(who.ref, connection);
  if (head === undefined) throw noSuchConversation();
  if (isOnlyOne(head, who.party, connection.connectionId, services.now())) {
    await announcePresence(services, head, who.party, connection.connectionId);
  }
  return head;
}
