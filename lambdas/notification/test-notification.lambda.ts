import { createZendesk } from "../adapters/zendesk.ts";
import { zendeskTokenContext } from "../chatbot/settings.ts";
import { env } from "../runtime/env.ts";
import { httpEdge } from "../runtime/http-edge.ts";
import { httpHandler } from "../runtime/http-handler.ts";
import { once } from "../runtime/once.ts";
import { stores, systemClock, tokens } from "../runtime/wiring.ts";
import { smsSender } from "./alert-wiring.ts";
import { pushSender } from "./push-wiring.ts";
import { type TestOutside, testNotification } from "./test-notification.ts";
import { mailNotifiers } from "./wiring.ts";

const outside = once((): TestOutside => {
  const { chatbots, agentNotifications } = stores();
  return {
    chatbots,
    agentNotifications,
    mail: mailNotifiers().mail,
    zendesk: createZendesk(),
    sms: smsSender(),
    push: pushSender(),
    openToken: (chatbotId, sealed) => tokens().open(zendeskTokenContext(chatbotId), sealed),
    publicOrigin: env.publicOrigin,
    now: systemClock,
  };
});

export const handler = httpHandler(
  "testNotification",
  ({ caller, body }) => testNotification(outside(), caller, body),
  httpEdge,
);
