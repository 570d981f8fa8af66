import { limits } from "../contracts/limits.ts";
import type { ClientAction, FrameOf } from "../contracts/protocol.ts";
import type { ConversationHead } from "../domain/conversation.ts";
import { announcePresence, isOnlyOne } from "./announce.ts";
import { stateFrame } from "./frames.ts";
import { missingConversation } from "./missing-conversation.ts";
import { connectionOf, type Participant } from "./participant.ts";
import { requireAccess } from "./require-access.ts";
import type { ConversationServices } from "./services.ts";
import { teamPresentUntil } from "./team-presence.ts";

/**
 * Opens or resumes: returns where things stand and the entries after the caller's last one, at most 100. A socket
 * joins the conversation by it. Over HTTPS it is what a page polls, and joins nothing: `heartbeat` makes that present.
 *
 * @throws DomainError `not_found`, `erased`, and what `requireAccess` throws
 */
export async function hello(
  services: ConversationServices,
  who: Participant,
  { after }: Extract<ClientAction, { action: "hello" }>,
): Promise<FrameOf<"state">> {
  const { conversations, now } = services;
  const viaSocket = who.connectionId !== undefined;
  const head = viaSocket ? await join(services, who) : await conversations.head(who.ref);
  if (head === undefined) throw await missingConversation(conversations, who.ref);
  const [entries, teamUntil] = await Promise.all([
    after >= head.seq ? [] : conversations.entriesAfter(who.ref, after, limits.entriesPerSync),
    viaSocket && who.party === "visitor" ? teamPresentUntil(services, who.ref.chatbotId) : undefined,
  ]);
  return stateFrame(who.party, head, now(), entries, { complete: entries.length < limits.entriesPerSync, teamUntil });
}

async function join(services: ConversationServices, who: Participant): Promise<ConversationHead | undefined> {
  await requireAccess(services, who.caller);
  const connection = connectionOf(who, services.now());
  const head = await services.conversations.join(who.ref, connection);
  if (who.caller.kind === "portal") await stayOnlyWhileAllowed(services, who, connection.connectionId);
  if (who.caller.kind === "agent" && head !== undefined) {
    await services.team.watch(who.ref.chatbotId, connection.connectionId, who.ref.conversationId);
  }
  if (head !== undefined && isOnlyOne(head, who.party, connection.connectionId, services.now())) {
    await announcePresence(services, head, who.party, connection.connectionId);
  }
  return head;
}

/** A link that was revoked between the check and the join was not on the head when its sockets were taken off. */
async function stayOnlyWhileAllowed(
  services: ConversationServices,
  who: Participant,
  connectionId: string,
): Promise<void> {
  try {
    await requireAccess(services, who.caller);
  } catch (error) {
    await services.conversations.leave(who.ref, [connectionId]);
    throw error;
  }
}
