import type { PublicChatbot } from "../contracts/settings.ts";
import { teamPresentUntil } from "../conversation/team-presence.ts";
import { availabilityAt } from "../domain/business-hours.ts";
import { DomainError } from "../domain/errors.ts";
import { entitlementsOf } from "../domain/plan.ts";
import type { Chatbot, ChatbotStore } from "../store/chatbots.ts";
import type { TeamStore } from "../store/members.ts";

export interface AvailabilityServices {
  readonly team: TeamStore;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /**
   * Median of the first response times of the last days, seconds.
   * @default not known
   */
  readonly expectedWait?: (chatbotId: string) => Promise<number | undefined>;
}

/**
 * What anyone may know of a chatbot. Live chat shows only where it is switched on and the plan has it; only then is the
 * team looked up, by one Query (half a read unit for a team of some ten open dashboards).
 */
export async function publicChatbot(services: AvailabilityServices, chatbot: Chatbot): Promise<PublicChatbot> {
  const { chatbotId, settings, plan } = chatbot;
  const { host: _, ...brand } = settings.brand;
  const { enabled, buttonTrigger: button, leadForm, rating, attachments, businessHours } = settings.liveChat;
  const offered = enabled && entitlementsOf(plan).liveChat;
  const [teamUntil, expectedWaitSeconds] = offered
    ? await Promise.all([teamPresentUntil(services, chatbotId), services.expectedWait?.(chatbotId)])
    : [0];
  return {
    chatbotId,
    brand,
    liveChat: {
      enabled: offered,
      button: { enabled: button.enabled, text: button.text, fromAnswer: button.lazy ? button.fromAnswer : 1 },
      leadForm,
      rating: rating.enabled,
      attachments: attachments.enabled,
      availability: {
        ...availabilityAt(businessHours, services.now()),
        teamUntil,
        ...(expectedWaitSeconds === undefined ? {} : { expectedWaitSeconds }),
      },
    },
  };
}

/** @throws DomainError `not_found` */
export async function requireChatbot(chatbots: Pick<ChatbotStore, "get">, chatbotId: string): Promise<Chatbot> {
  const chatbot = await chatbots.get(chatbotId);
  if (chatbot === undefined) throw new DomainError("not_found", "There is no such chatbot.");
  return chatbot;
}
