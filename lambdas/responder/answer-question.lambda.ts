import { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { createBedrockResponder } from "../adapters/responders/bedrock.ts";
import { createHttpsPost } from "../adapters/responders/https-post.ts";
import { createKnowledgeResponder } from "../adapters/responders/knowledge.ts";
import { webhookSecretContext } from "../chatbot/settings.ts";
import { consumeBatch } from "../runtime/batch.ts";
import { log } from "../runtime/log.ts";
import { once } from "../runtime/once.ts";
import { delivery, networkLimits, stores, systemClock, tokens } from "../runtime/wiring.ts";
import { type AnswerOutside, answerMs, answerQuestion } from "./answer-question.ts";
import { createResponders } from "./responder-of-chatbot.ts";

const outside = once((): AnswerOutside => {
  const { conversations, chatbots, tickets } = stores();
  const bedrock = once(() => new BedrockRuntimeClient(networkLimits(answerMs, 2)));
  return {
    conversations,
    chatbots,
    tickets,
    delivery: delivery(),
    responderOf: createResponders({
      knowledge: createKnowledgeResponder(systemClock),
      bedrock: (modelId) => createBedrockResponder(bedrock(), modelId),
      post: createHttpsPost(),
      openSecret: (chatbotId, sealed) => tokens().open(webhookSecretContext(chatbotId), sealed),
      now: systemClock,
    }),
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
