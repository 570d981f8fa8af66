import type { Post } from "../adapters/responders/https-client.ts";
import type { Responder } from "../adapters/responders/responder.ts";
import { createWebhookResponder } from "../adapters/responders/webhook.ts";
import type { Chatbot } from "../store/chatbots.ts";

export interface ResponderChoices {
  readonly knowledge: Responder;
  readonly bedrock: (modelId: string) => Responder;
  readonly post: Post;
  /** Opens a chatbot's sealed webhook secret. */
  readonly openSecret: (chatbotId: string, sealed: string) => Promise<string>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The responder that an owner has chosen. @throws Error when a webhook has no secret: nothing is sent unsigned. */
export function createResponders(choices: ResponderChoices): (chatbot: Chatbot) => Promise<Responder> {
  return async ({ chatbotId, settings: { responder }, sealed }) => {
    switch (responder.kind) {
      case "knowledge":
        return choices.knowledge;
      case "bedrock":
        return choices.bedrock(responder.modelId);
      case "webhook": {
        if (sealed.webhookSecret === undefined) throw new Error("The webhook has no secret to sign with.");
        const secret = await choices.openSecret(chatbotId, sealed.webhookSecret);
        return createWebhookResponder({ url: responder.url, secret, post: choices.post, now: choices.now });
      }
    }
  };
}
