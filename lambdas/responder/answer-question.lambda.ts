import { createCurrentKnowledge } from "../knowledge/current-knowledge.ts";
import { consumeBatch } from "../runtime/batch.ts";
import { log } from "../runtime/log.ts";
import { once } from "../runtime/once.ts";
import { delivery, stores, systemClock } from "../runtime/wiring.ts";
import { type AnswerOutside, answerQuestion } from "./answer-question.ts";
import { deployedResponders } from "./deployed-responders.ts";

const outside = once((): AnswerOutside => {
  const { conversations, chatbots, tickets } = stores();
  return {
    conversations,
    chatbots: { get: (chatbotId) => chatbots.get(chatbotId), knowledge: createCurrentKnowledge(chatbots) },
    tickets,
    delivery: delivery(),
    responderOf: deployedResponders(),
    now: systemClock,
    log,
  };
});

/** Queue of `message.asked.v1` → the AI's answer, streamed and behind the fence. */
export const handler = consumeBatch(
  "message.asked.v1",
  (detail, delivered) => answerQuestion(outside(), detail, delivered),
  log,
);
