import type { PushOutcome, PushSender } from "../adapters/push.ts";
import type { PushPayload } from "../contracts/push-payload.ts";
import { TryAgain } from "../runtime/batch.ts";
import type { Log } from "../runtime/log.ts";
import type { AgentNotificationStore, PushDevice } from "../store/agent-notifications.ts";
import {
  type Alert,
  type AlertFact,
  type AlertOutside,
  type AlertRecipient,
  claimAlert,
  prepareAlert,
  skipAlert,
} from "./agent-alert.ts";
import { recipientHash } from "./notification-ids.ts";
import { allEffects } from "./send-mail-once.ts";
import { visibleLine } from "./visible-text.ts";

export interface PushOutside extends AlertOutside {
  readonly push: PushSender;
  readonly log: Log;
}

/** A claim older than this belongs to a consumer that died. A push that comes twice replaces itself in the browser. */
const staleClaimMs = 2 * 60 * 1000;

/** An escalation that a browser has not been told of within an hour is told by the inbox. Seconds. */
const keepSeconds = 60 * 60;

/** Tells the agents who want it through their browsers (product.md A14), each with a line in the ledger. */
export async function notifyByPush(outside: PushOutside, fact: AlertFact): Promise<void> {
  const alert = await prepareAlert(outside, "push", fact);
  if (alert === undefined) return;
  await allEffects(alert.recipients.map((recipient) => tell(outside, alert, recipient)));
}

async function tell(outside: PushOutside, alert: Alert, recipient: AlertRecipient): Promise<void> {
  const { ref, needless } = alert;
  const { alerts, quiet, line } = recipient;
  const reason = needless ?? (quiet ? "quiet_hours" : alerts.devices.length === 0 ? "no_device" : undefined);
  if (reason !== undefined) {
    await skipAlert(outside, ref, recipient, reason);
    return;
  }
  const claim = await claimAlert(outside, ref, recipient, staleClaimMs);
  if (claim === "somebody is at it") throw new TryAgain("push_in_progress");
  if (claim === "done before") return;

  const outcomes = await sendToDevices(outside, {
    chatbotId: ref.chatbotId,
    agentId: alerts.agentId,
    devices: alerts.devices,
    payload: payloadOf(alert, recipient),
    topic: ref.conversationId,
    keepSeconds,
  });
  const { state, detail } = resultOf(outcomes);
  const again = state === "failed" && outcomes.some(({ kind }) => kind === "unavailable");
  await outside.conversations.settle(ref, line.notificationId, {
    state,
    at: outside.now(),
    ...(detail === undefined ? {} : { detail: again ? `${detail}. Trying again.` : detail }),
  });
  if (again) throw new TryAgain("push_unavailable");
  if (state === "failed") outside.log.error("push_refused", { ...ref, notificationId: line.notificationId });
}

/** Characters that a notification shows at most; the rest is in the conversation. */
const longest = { title: 100, body: 200 } as const;

function payloadOf({ headline, brandName, words, path, ref }: Alert, { present }: AlertRecipient): PushPayload {
  return {
    title: visibleLine(headline, longest.title),
    body: visibleLine(words, longest.body) || visibleLine(brandName, longest.body),
    url: path,
    tag: `conversation-${ref.conversationId}`,
    silent: present,
  };
}

export interface DevicePush {
  readonly chatbotId: string;
  readonly agentId: string;
  readonly devices: readonly PushDevice[];
  readonly payload: PushPayload;
  /** What a newer message replaces an older one of, in words. */
  readonly topic: string;
  readonly keepSeconds: number;
}

/** Sends to all of an agent's browsers, side by side, and forgets those that are gone. Outcomes are in their order. */
export async function sendToDevices(
  outside: { readonly push: PushSender; readonly agentNotifications: Pick<AgentNotificationStore, "removeDevice"> },
  { chatbotId, agentId, devices, payload, topic, keepSeconds }: DevicePush,
): Promise<readonly PushOutcome[]> {
  const outcomes = await Promise.all(
    devices.map(({ subscription }) =>
      outside.push.send({
        target: subscription,
        payload: JSON.stringify(payload),
        topic: recipientHash(`${chatbotId}/${topic}`),
        keepSeconds,
      }),
    ),
  );
  // One after the other: they are parts of one item.
  for (const [index, { deviceId, subscription }] of devices.entries()) {
    if (outcomes[index]?.kind !== "gone") continue;
    await outside.agentNotifications.removeDevice(chatbotId, agentId, deviceId, subscription.endpoint);
  }
  return outcomes;
}

/** One line for all of somebody's browsers: who was reached in one of them was reached. */
function resultOf(outcomes: readonly PushOutcome[]): { state: "sent" | "failed" | "skipped"; detail?: string } {
  const reached = outcomes.filter(({ kind }) => kind === "sent").length;
  if (reached === outcomes.length) return { state: "sent" };
  if (reached > 0) return { state: "sent", detail: `${reached} of ${outcomes.length} browsers` };
  for (const kind of ["unavailable", "refused"] as const) {
    const failed = outcomes.find((each) => each.kind === kind);
    if (failed?.kind === kind) return { state: "failed", detail: failed.detail };
  }
  return { state: "skipped", detail: "no_device" };
}
