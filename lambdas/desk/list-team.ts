import { requireChatbot } from "../chatbot/public-chatbot.ts";
import type { ReplyOf } from "../contracts/http.ts";
import type { ChatbotStore } from "../store/chatbots.ts";
import type { MemberStore, TeamStore } from "../store/members.ts";

export interface TeamServices {
  readonly chatbots: Pick<ChatbotStore, "get">;
  readonly members: Pick<MemberStore, "ofChatbot">;
  readonly team: Pick<TeamStore, "present">;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Whom a conversation can be assigned to, by name, with who is there now, and what an agent's page may offer.
 *
 * @throws DomainError `not_found`
 */
export async function listTeam(
  { chatbots, members, team, now }: TeamServices,
  chatbotId: string,
): Promise<ReplyOf<"listTeam">> {
  const [chatbot, all, present] = await Promise.all([
    requireChatbot(chatbots, chatbotId),
    members.ofChatbot(chatbotId),
    team.present(chatbotId, now()),
  ]);
  const { handBack, attachments } = chatbot.settings.liveChat;
  const presentUntil = (agentId: string): number =>
    Math.max(0, ...present.filter((each) => each.agentId === agentId).map(({ until }) => until * 1000));
  return {
    now: now(),
    team: all
      .toSorted((a, b) => a.name.localeCompare(b.name))
      .map(({ agentId, name }) => ({ agentId, name, presentUntil: presentUntil(agentId) })),
    allowed: { handBack: handBack.enabled, attachments: attachments.enabled },
  };
}
