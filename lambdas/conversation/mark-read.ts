import type { ClientAction, FrameOf } from "../contracts/protocol.ts";
import { announceState } from "./announce.ts";
import { stateFrame } from "./frames.ts";
import type { Participant } from "./participant.ts";
import { helloRequired, noSuchConversation } from "./refusals.ts";
import type { ConversationServices } from "./services.ts";

/**
 * Everything up to a number has been seen. A lower number than before changes nothing and tells nobody.
 *
 * @throws DomainError `hello_required` for a socket that has not joined, `not_found`
 */
export async function markRead(
  services: ConversationServices,
  who: Participant,
  { seq }: Extract<ClientAction, { action: "read" }>,
): Promise<FrameOf<"state">> {
  const { party, connectionId } = who;
  const marked = await services.conversations.markRead(who.ref, {
    party,
    seq,
    ...(connectionId === undefined ? {} : { connectionId }),
  });
  if (marked === undefined) throw connectionId === undefined ? noSuchConversation() : helloRequired();
  if (marked.changed) await announceState(services, marked.head, connectionId);
  return stateFrame(party, marked.head, services.now(), [], { complete: true });
}
