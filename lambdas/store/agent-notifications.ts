import { AgentNotifications } from "../contracts/http.ts";
import { limits } from "../contracts/limits.ts";

/** A browser that an agent has allowed notifications in ("PushSubscription", Push API). */
export interface PushDevice {
  readonly deviceId: string;
  /** What the agent calls it, such as `Firefox on Android`. */
  readonly label: string;
  /** Milliseconds since the epoch. */
  readonly addedAt: number;
  readonly subscription: {
    /** Chosen by the browser's maker, and sent to us by the browser: hostile until `adapters/push.ts` has looked at it. */
    readonly endpoint: string;
    readonly keys: { readonly p256dh: string; readonly auth: string };
  };
}

/** How an agent wants to be told about one chatbot's conversations, and where. */
export interface AgentAlerts {
  readonly agentId: string;
  readonly preferences: AgentNotifications;
  readonly devices: readonly PushDevice[];
}

/** One item for each agent and chatbot. Who has never written anything has the defaults: nothing is on. */
export interface AgentNotificationStore {
  get(chatbotId: string, agentId: string): Promise<AgentAlerts>;
  /** Everybody who has written something. They may no longer be members. */
  ofChatbot(chatbotId: string): Promise<readonly AgentAlerts[]>;
  writePreferences(chatbotId: string, agentId: string, preferences: AgentNotifications): Promise<void>;
  /** Adds a device, or replaces the one with its id. False: the agent has as many as are allowed. */
  putDevice(chatbotId: string, agentId: string, device: PushDevice): Promise<boolean>;
  /** `endpoint`: removes the device only while it still has this address, which a browser may have renewed since. */
  removeDevice(chatbotId: string, agentId: string, deviceId: string, endpoint?: string): Promise<void>;
  /** Forgets an agent who is no member any more. */
  remove(chatbotId: string, agentId: string): Promise<void>;
  /** Counts a test notification unless `limit` was reached in this minute (since the epoch). Atomic. */
  takeTest(chatbotId: string, minute: number, limit: number): Promise<boolean>;
}

export function firstAlerts(agentId: string): AgentAlerts {
  return { agentId, preferences: AgentNotifications.parse({}), devices: [] };
}

/** `undefined`: there are as many as are allowed. The newest stands first. */
export function withDevice(alerts: AgentAlerts, device: PushDevice): AgentAlerts | undefined {
  // One browser has one address: under a new id, for instance after its storage was emptied, it takes its old place.
  const others = alerts.devices.filter(
    ({ deviceId, subscription }) =>
      deviceId !== device.deviceId && subscription.endpoint !== device.subscription.endpoint,
  );
  return others.length >= limits.pushDevices ? undefined : { ...alerts, devices: [device, ...others] };
}

export function withoutDevice(alerts: AgentAlerts, id: string, endpoint?: string): AgentAlerts {
  const goes = ({ deviceId, subscription }: PushDevice): boolean =>
    deviceId === id && (endpoint === undefined || subscription.endpoint === endpoint);
  return { ...alerts, devices: alerts.devices.filter((each) => !goes(each)) };
}
