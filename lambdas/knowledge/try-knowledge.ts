import { searchOver } from "../adapters/responders/knowledge-search.ts";
import type { Responder } from "../adapters/responders/responder.ts";
import { requireChatbot } from "../chatbot/public-chatbot.ts";
import type { ReplyOf } from "../contracts/http.ts";
import { DomainError } from "../domain/errors.ts";
import type { Chatbot, ChatbotStore } from "../store/chatbots.ts";
import type { CurrentKnowledge } from "./current-knowledge.ts";

export interface TrialServices {
  readonly chatbots: Pick<ChatbotStore, "get">;
  readonly knowledge: CurrentKnowledge;
  readonly responderOf: (chatbot: Chatbot) => Promise<Responder>;
}

/** Whoever tries waits for it: below the 29 s of an integration ("Quotas for HTTP APIs"). */
const trialMs = 20_000;

const shownMatches = 5;

/**
 * Asks what answers the visitors, without a conversation. Nothing is stored.
 *
 * @throws DomainError `not_found`; `bad_request` with the reason when the owner's webhook or model gives no answer
 */
export async function tryKnowledge(
  services: TrialServices,
  chatbotId: string,
  question: string,
): Promise<ReplyOf<"tryKnowledge">> {
  const chatbot = await requireChatbot(services.chatbots, chatbotId);
  const { text, known, sources } = await answerOf(services, chatbot, question);
  return {
    answer: text,
    known,
    // Small talk and webhooks rest on no entry, whatever words they share with some.
    matches: known && sources === 0 ? [] : await matchesOf(services.knowledge, chatbotId, question),
  };
}

async function answerOf({ responderOf, knowledge }: TrialServices, chatbot: Chatbot, question: string) {
  const { chatbotId, settings } = chatbot;
  let [text, known, sources] = ["", true, 0];
  try {
    const responder = await responderOf(chatbot);
    const parts = responder.answer(question, {
      chatbotId,
      conversationId: "trial",
      brandName: settings.brand.name,
      locale: settings.brand.locale,
      history: [],
      knowledge: () => knowledge(chatbotId),
      signal: AbortSignal.timeout(trialMs),
    });
    for await (const part of parts) {
      if ("text" in part) text += part.text;
      else if ("sources" in part) sources += part.sources.length;
      else known = false;
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DomainError("bad_request", `There was no answer: ${reason}`);
  }
  return { text: text.trim(), known, sources };
}

/** Entries that the question finds, best first; scores compare with each other only. */
async function matchesOf(knowledge: CurrentKnowledge, chatbotId: string, question: string) {
  const hits = searchOver(await knowledge(chatbotId))
    .find(question)
    .slice(0, shownMatches);
  return hits.map(({ entry: { entryId, title }, score }) => ({ entryId, title, score: Math.round(score * 100) / 100 }));
}
