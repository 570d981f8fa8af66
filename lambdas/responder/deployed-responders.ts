import { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { createBedrockResponder } from "../adapters/responders/bedrock.ts";
import { createHttpsPost } from "../adapters/responders/https-client.ts";
import { createKnowledgeResponder } from "../adapters/responders/knowledge.ts";
import { webhookSecretContext } from "../chatbot/settings.ts";
import { once } from "../runtime/once.ts";
import { networkLimits, systemClock, tokens } from "../runtime/wiring.ts";
import { answerMs } from "./answer-question.ts";
import { createResponders } from "./responder-of-chatbot.ts";

/** The responders as they are deployed: what answers visitors, and what an owner's trial asks. */
export const deployedResponders = /* @__PURE__ */ once(() => {
  const bedrock = once(() => new BedrockRuntimeClient(networkLimits(answerMs, 2)));
  return createResponders({
    knowledge: createKnowledgeResponder(),
    bedrock: (modelId) => createBedrockResponder(bedrock(), modelId),
    post: createHttpsPost(),
    openSecret: (chatbotId, sealed) => tokens().open(webhookSecretContext(chatbotId), sealed),
    now: systemClock,
  });
});
