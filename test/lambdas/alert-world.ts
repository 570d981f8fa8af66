import type { PushMessage, PushOutcome, PushSender } from "../../lambdas/adapters/push.ts";
import type { OutgoingSms, SmsOutcome, SmsSender } from "../../lambdas/adapters/sms.ts";
import { AgentNotifications } from "../../lambdas/contracts/http.ts";
import type { PushPayload } from "../../lambdas/contracts/push-payload.ts";
import type { ConversationRef } from "../../lambdas/domain/conversation.ts";
import { leaseUntil } from "../../lambdas/domain/presence.ts";
import type { AlertFact } from "../../lambdas/notification/agent-alert.ts";
import { notifyByPush } from "../../lambdas/notification/notify-by-push.ts";
import { notifyBySms } from "../../lambdas/notification/notify-by-sms.ts";
import { aDevice } from "../store/agent-notifications-suite.ts";
import { aChatbot, anEscalation, aWorld } from "./notify-world.ts";

/** Takes what is sent into a list; what it answers can be set for the next calls. */
function recorder<Sent, Outcome extends { readonly kind: string }>(accepted: Outcome) {
  const sent: Sent[] = [];
  const answers: Outcome[] = [];
  const sender = {
    async send(each: Sent): Promise<Outcome> {
      sent.push(each);
      return answers.shift() ?? accepted;
    },
  };
  return { sender, sent, answers };
}

/** A chatbot with both channels on, its agents Mia and Tom, and an escalation. */
export async function anAlertWorld(liveChat: Parameters<typeof aChatbot>[1] = {}) {
  const world = await aWorld(
    aChatbot("demo", {
      ...liveChat,
      liveChat: { sms: { enabled: true }, push: { enabled: true }, ...liveChat.liveChat },
    }),
  );
  for (const [agentId, name, role] of [
    ["mia", "Mia", "owner"],
    ["tom", "Tom", "agent"],
  ] as const) {
    await world.stores.members.put({ agentId, chatbotId: "demo", role, email: `${agentId}@example.com`, name });
  }
  const texts = recorder<OutgoingSms, SmsOutcome>({ kind: "sent", messageId: "sns-1" });
  const pushes = recorder<PushMessage, PushOutcome>({ kind: "sent" });
  const sms: SmsSender = texts.sender;
  const push: PushSender = pushes.sender;
  const outside = { ...world.outside, sms, push, publicOrigin: "https://chat.example" };
  const { ref, detail } = await anEscalation(world, {
    lead: { name: "Ada", email: "ada@example.com" },
    texts: ["Where is my parcel?"],
  });
  const escalated: AlertFact = { reason: "escalated", detail };
  const { agentNotifications, conversations, team } = world.stores;

  return {
    ...world,
    outside,
    ref,
    escalated,
    texts,
    pushes,
    payloads: () => pushes.sent.map(({ payload }) => JSON.parse(payload) as PushPayload),
    tellByPush: (fact: AlertFact = escalated) => notifyByPush(outside, fact),
    tellBySms: (fact: AlertFact = escalated) => notifyBySms(outside, fact),
    wishes: (agentId: string, preferences: Parameters<typeof AgentNotifications.parse>[0]) =>
      agentNotifications.writePreferences("demo", agentId, AgentNotifications.parse(preferences)),
    hasBrowsers: async (agentId: string, ...deviceIds: readonly string[]) => {
      for (const id of deviceIds) await agentNotifications.putDevice("demo", agentId, aDevice(id));
    },
    browsersOf: async (agentId: string) =>
      (await agentNotifications.get("demo", agentId)).devices.map(({ deviceId }) => deviceId),
    ledger: async (of: ConversationRef = ref) => (await conversations.open(of, { limit: 1 }))?.notifications ?? [],
    isAtTheDashboard: (agentId: string) =>
      team.join({
        chatbotId: "demo",
        connectionId: `socket-${agentId}`,
        agentId,
        name: agentId,
        until: leaseUntil(world.clock.now),
      }),
  };
}
