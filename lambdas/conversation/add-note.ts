import type { ClientAction, FrameOf } from "../contracts/protocol.ts";
import { addRemark } from "./add-remark.ts";
import type { Participant } from "./participant.ts";
import type { ConversationServices } from "./services.ts";

/**
 * An agent writes something down for the other agents, in whatever status. The visitor's pages get its number without
 * its content at once: a hole in their numbers would cost each of them a sync.
 *
 * @throws DomainError what `addRemark` throws
 */
export function addNote(
  services: ConversationServices,
  who: Participant,
  { id, text, retryAfter }: Extract<ClientAction, { action: "note" }>,
): Promise<FrameOf<"state">> {
  return addRemark(services, who, { kind: "note", id, text, ...(retryAfter === undefined ? {} : { retryAfter }) });
}
