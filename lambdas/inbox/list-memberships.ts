import type { Membership } from "../contracts/http.ts";
import type { ChatbotStore } from "../store/chatbots.ts";
import type { MemberStore } from "../store/members.ts";

/** The chatbots that an agent may see, by name. One that was deleted is left out. */
export async function listMemberships(
  services: { readonly members: Pick<MemberStore, "ofAgent">; readonly chatbots: Pick<ChatbotStore, "get"> },
  agentId: string,
): Promise<Membership[]> {
  const memberships = await services.members.ofAgent(agentId);
  const named = await Promise.all(
    memberships.map(async ({ chatbotId, role }) => {
      const chatbot = await services.chatbots.get(chatbotId);
      return chatbot && { chatbotId, name: chatbot.settings.brand.name, role };
    }),
  );
  return named.filter((each) => each !== undefined).sort((a, b) => a.name.localeCompare(b.name));
}
