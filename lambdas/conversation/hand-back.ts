import { requireChatbot } from "../chatbot/public-chatbot.ts";
import type { ClientAction, FrameOf } from "../contracts/protocol.ts";
import { DomainError } from "../domain/errors.ts";
import { changeStatus } from "./change-status.ts";
import type { Participant } from "./participant.ts";
import type { ConversationServices } from "./services.ts";

/**
 * An agent gives the conversation back: the bot answers from the visitor's next question on. Whoever asks for a human
 * after that escalates anew, with a new reference, mail and ticket: the old ticket may have been closed for good.
 *
 * @throws DomainError `forbidden` unless the owner allows it, and what `changeStatus` throws
 */
export async function handBack(
  services: ConversationServices,
  who: Participant,
  { id }: Extract<ClientAction, { action: "handBack" }>,
): Promise<FrameOf<"state">> {
  const chatbot = await requireChatbot(services.chatbots, who.ref.chatbotId);
  if (!chatbot.settings.liveChat.handBack.enabled) {
    throw new DomainError("forbidden", "Handing back to the bot is switched off in the settings of this chatbot.");
  }
  return changeStatus(services, who, "handBack", id);
}
