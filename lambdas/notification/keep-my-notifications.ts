import { canEncryptFor, isPushService } from "../adapters/push.ts";
import { requireChatbot } from "../chatbot/public-chatbot.ts";
import type { AgentNotifications, BodyOf, ReplyOf } from "../contracts/http.ts";
import { limits } from "../contracts/limits.ts";
import { DomainError, type FieldError } from "../domain/errors.ts";
import { entitlementsOf } from "../domain/plan.ts";
import type { AgentCaller } from "../runtime/caller.ts";
import type { AgentNotificationStore } from "../store/agent-notifications.ts";
import type { ChatbotStore } from "../store/chatbots.ts";

export interface MyNotificationServices {
  readonly chatbots: Pick<ChatbotStore, "get">;
  readonly agentNotifications: AgentNotificationStore;
  /** The application server key of Web Push, base64url. */
  readonly pushKey: () => Promise<string>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

type Me = Pick<AgentCaller, "agentId" | "chatbotId">;

/** @throws DomainError `not_found` */
export async function readMyNotifications(
  { chatbots, agentNotifications, pushKey }: MyNotificationServices,
  { agentId, chatbotId }: Me,
): Promise<ReplyOf<"readMyNotifications">> {
  const [{ settings, plan }, { preferences, devices }] = await Promise.all([
    requireChatbot(chatbots, chatbotId),
    agentNotifications.get(chatbotId, agentId),
  ]);
  const liveChat = settings.liveChat.enabled && entitlementsOf(plan).liveChat;
  const allowed = {
    sms: liveChat && settings.liveChat.sms.enabled,
    push: liveChat && settings.liveChat.push.enabled,
  };
  return {
    preferences,
    devices: devices.map(({ deviceId, label, addedAt }) => ({ deviceId, label, addedAt })),
    ...(allowed.push ? { pushKey: await pushKey() } : {}),
    allowed,
  };
}

/** @throws DomainError `bad_request` for SMS without a number, and for quiet hours that never end */
export async function writeMyNotifications(
  { agentNotifications }: Pick<MyNotificationServices, "agentNotifications">,
  { agentId, chatbotId }: Me,
  preferences: AgentNotifications,
): Promise<ReplyOf<"writeMyNotifications">> {
  const fields: FieldError[] = [];
  if (preferences.sms && preferences.phone === "") {
    fields.push({ path: "phone", message: "the number that text messages go to" });
  }
  const { quietHours } = preferences;
  if (quietHours.enabled && quietHours.from === quietHours.to) {
    fields.push({ path: "quietHours.to", message: "another time than the beginning" });
  }
  if (fields.length > 0) throw new DomainError("bad_request", "Something is missing.", fields);
  await agentNotifications.writePreferences(chatbotId, agentId, preferences);
  return { preferences };
}

/** @throws DomainError `bad_request` for what is no subscription of a browser, `conflict` when there are too many */
export async function putPushDevice(
  { agentNotifications, now }: Pick<MyNotificationServices, "agentNotifications" | "now">,
  { agentId, chatbotId }: Me,
  deviceId: string,
  { label, subscription }: BodyOf<"putPushDevice">,
): Promise<ReplyOf<"putPushDevice">> {
  if (!isPushService(subscription.endpoint)) {
    throw new DomainError("bad_request", "This is not the address of a browser's push service.", [
      { path: "subscription.endpoint", message: "the endpoint of a PushSubscription" },
    ]);
  }
  if (!canEncryptFor(subscription)) {
    throw new DomainError("bad_request", "Nothing can be encrypted for this browser.", [
      { path: "subscription.keys", message: "the keys of a PushSubscription" },
    ]);
  }
  const device = { deviceId, label, addedAt: now(), subscription };
  if (!(await agentNotifications.putDevice(chatbotId, agentId, device))) {
    throw new DomainError("conflict", `You have ${limits.pushDevices} browsers already. Remove one of them first.`);
  }
  return { deviceId };
}

/** Forgetting what is not there is no error: the goal is reached. */
export async function deletePushDevice(
  { agentNotifications }: Pick<MyNotificationServices, "agentNotifications">,
  { agentId, chatbotId }: Me,
  deviceId: string,
): Promise<ReplyOf<"deletePushDevice">> {
  await agentNotifications.removeDevice(chatbotId, agentId, deviceId);
  return { deviceId };
}
