import type { FrameOf } from "../contracts/protocol.ts";
import { DomainError } from "../domain/errors.ts";
import type { Remark } from "../store/conversations.ts";
import { announceRemark } from "./announce.ts";
import { stateFrame } from "./frames.ts";
import { type Participant, socketOf } from "./participant.ts";
import { heldByAnother, helloRequired, noSuchConversation } from "./refusals.ts";
import type { ConversationServices } from "./services.ts";

/** What makes a kind of remark, without what every remark has. */
type Content = Remark extends infer Each
  ? Each extends Remark
    ? Omit<Each, "author" | "at" | "connection" | "follow">
    : never
  : never;

/**
 * Stores a note, an assignment or a rating under the next number. The same client id again is answered with what was
 * stored, and pushed again: the first attempt may have died before its push.
 *
 * @throws DomainError `hello_required` for a socket that has not joined, `not_found`, `illegal_transition` for a rating
 * before the end, `conflict` with the holder when somebody else has been assigned
 */
export async function addRemark(
  services: ConversationServices,
  who: Participant,
  content: Content,
  follow: Remark["follow"] = () => ({ events: [] }),
): Promise<FrameOf<"state">> {
  const { conversations, now } = services;
  const at = now();
  const result = await conversations.remark(who.ref, {
    ...content,
    author: who.author,
    at,
    ...socketOf(who, at),
    follow,
  });
  switch (result.kind) {
    case "added":
    case "duplicate":
      // A note shows in no row; a message is what the list is sorted and counted by.
      await announceRemark(services, result.head, result.entry, who.connectionId, {
        showsInRow: content.kind !== "note",
      });
      return stateFrame(who.party, result.head, now(), [result.entry], { complete: true });
    case "settled":
      return stateFrame(who.party, result.head, now(), [], { complete: false });
    case "refused":
      switch (result.reason) {
        case "not_found":
          throw noSuchConversation();
        case "not_joined":
          throw helloRequired();
        case "status":
          throw new DomainError("illegal_transition", "You can rate a conversation once it has ended.");
        case "assignee":
          throw heldByAnother(result.head?.assignee);
      }
  }
}
