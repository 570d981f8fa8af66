import { type Hit, searchOver } from "./knowledge-search.ts";
import { phrasesFor, smallTalkOf } from "./phrases.ts";
import type { Responder } from "./responder.ts";

/** Below this share of the question's meaning an entry is about something else. Tuned with the demo's test questions. */
const leastCoverage = 0.52;

/**
 * Answers from the chatbot's own documents without any model: finds the entry that the question is about, gives it
 * sentence by sentence, and says so when there is none.
 */
export function createKnowledgeResponder(): Responder {
  return {
    async *answer(question, { locale, knowledge, signal }) {
      const phrases = phrasesFor(locale);
      const talk = smallTalkOf(question);
      if (talk !== undefined) {
        yield { text: phrases[talk] };
        if (talk === "human" || talk === "iAmABot") yield { offersHuman: true };
        return;
      }
      const best = bestHit(searchOver(await knowledge()).find(question));
      if (best === undefined) {
        yield { text: phrases.unknown };
        yield { offersHuman: true };
        return;
      }
      for (const sentence of sentencesOf(best.entry.text, locale)) {
        signal.throwIfAborted();
        yield { text: sentence };
      }
      yield { sources: [best.entry.title] };
    },
  };
}

/** The best entry that is about the question at all. Exported for the test that tunes it. */
export function bestHit(hits: readonly Hit[]): Hit | undefined {
  const best = hits[0];
  return best !== undefined && best.coverage >= leastCoverage ? best : undefined;
}

function sentencesOf(text: string, locale: string): string[] {
  return [...new Intl.Segmenter(locale, { granularity: "sentence" }).segment(text)].map(({ segment }) => segment);
}
