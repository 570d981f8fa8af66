import type { ClientAction, FrameOf } from "../contracts/protocol.ts";
import { availabilityAt } from "../domain/business-hours.ts";
import { DomainError } from "../domain/errors.ts";
import { entitlementsOf } from "../domain/plan.ts";
import { changeStatus } from "./change-status.ts";
import type { Participant } from "./participant.ts";
import type { ConversationServices } from "./services.ts";

/**
 * The visitor asks for a human: status, waiting message (outside the business hours the away message), reference number and the notification's event are written
 * together. Asking again, in another tab or after a lost reply, finds it done.
 *
 * @throws DomainError `live_chat_off`, `not_entitled`, and what `changeStatus` throws
 */
export async function escalate(
  services: ConversationServices,
  who: Participant,
  { id }: Extract<ClientAction, { action: "escalate" }>,
): Promise<FrameOf<"state">> {
  const chatbot = await services.chatbots.get(who.ref.chatbotId);
  if (chatbot === undefined) throw new DomainError("not_found", "There is no such chatbot.");
  const { liveChat } = chatbot.settings;
  if (!liveChat.enabled) throw new DomainError("live_chat_off", "No human can be reached in this chat.");
  if (!entitlementsOf(chatbot.plan).liveChat) {
    throw new DomainError("not_entitled", "No human can be reached in this chat: its plan does not include it.");
  }
  const isOpen = availabilityAt(liveChat.businessHours, services.now()).open;
  return changeStatus(services, who, "escalate", id, {
    text: isOpen ? liveChat.waitingMessage : liveChat.businessHours.awayMessage,
    reference: services.ids.newReference(),
  });
}
