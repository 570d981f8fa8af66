import { SNSClient } from "@aws-sdk/client-sns";
import { createSnsSms, type SmsSender } from "../adapters/sms.ts";
import { networkLimits, stores, systemClock } from "../runtime/wiring.ts";
import type { AlertOutside } from "./agent-alert.ts";

/** What both notifiers of agents run on. */
export function alertNotifiers(): AlertOutside {
  const { conversations, chatbots, members, agentNotifications, team } = stores();
  return { conversations, chatbots, members, agentNotifications, team, now: systemClock };
}

export function smsSender(): SmsSender {
  // One attempt: the SDK would repeat a request whose reply was lost, and SNS would send the text twice.
  return createSnsSms(new SNSClient(networkLimits(8_000, 1)));
}
