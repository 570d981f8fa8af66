import { requireChatbot } from "../chatbot/public-chatbot.ts";
import type { ClientAction, FrameOf } from "../contracts/protocol.ts";
import { DomainError } from "../domain/errors.ts";
import { addRemark } from "./add-remark.ts";
import { followRating } from "./consequences.ts";
import type { Participant } from "./participant.ts";
import type { ConversationServices } from "./services.ts";

/**
 * The visitor's verdict on an ended conversation. It reopens nothing and is unread for nobody; a later one replaces it.
 *
 * @throws DomainError `forbidden` where the owner has switched ratings off, and what `addRemark` throws
 */
export async function rate(
  services: ConversationServices,
  who: Participant,
  { id, score, comment }: Extract<ClientAction, { action: "rate" }>,
): Promise<FrameOf<"state">> {
  const chatbot = await requireChatbot(services.chatbots, who.ref.chatbotId);
  if (!chatbot.settings.liveChat.rating.enabled) throw new DomainError("forbidden", "This chat asks for no rating.");
  const said = comment === undefined || comment === "" ? {} : { comment };
  const follow = followRating(score, said.comment, services.now());
  return addRemark(services, who, { kind: "rating", id, score, ...said }, follow);
}
