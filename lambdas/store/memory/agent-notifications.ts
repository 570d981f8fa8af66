import {
  type AgentAlerts,
  type AgentNotificationStore,
  firstAlerts,
  withDevice,
  withoutDevice,
} from "../agent-notifications.ts";
import type { PushKeyStore, StoredPushKeys } from "../push-keys.ts";

export function createMemoryAgentNotifications(): AgentNotificationStore {
  const chatbots = new Map<string, Map<string, AgentAlerts>>();
  const tests = new Map<string, number>();

  const agentsOf = (chatbotId: string): Map<string, AgentAlerts> => {
    const agents = chatbots.get(chatbotId) ?? new Map<string, AgentAlerts>();
    chatbots.set(chatbotId, agents);
    return agents;
  };
  const read = (chatbotId: string, agentId: string) => agentsOf(chatbotId).get(agentId) ?? firstAlerts(agentId);

  return {
    get: async (chatbotId, agentId) => read(chatbotId, agentId),
    ofChatbot: async (chatbotId) => [...agentsOf(chatbotId).values()],
    async writePreferences(chatbotId, agentId, preferences) {
      agentsOf(chatbotId).set(agentId, { ...read(chatbotId, agentId), preferences });
    },
    async putDevice(chatbotId, agentId, device) {
      const changed = withDevice(read(chatbotId, agentId), device);
      if (changed !== undefined) agentsOf(chatbotId).set(agentId, changed);
      return changed !== undefined;
    },
    async removeDevice(chatbotId, agentId, deviceId, endpoint) {
      const known = agentsOf(chatbotId).get(agentId);
      if (known !== undefined) agentsOf(chatbotId).set(agentId, withoutDevice(known, deviceId, endpoint));
    },
    async remove(chatbotId, agentId) {
      agentsOf(chatbotId).delete(agentId);
    },
    async takeTest(chatbotId, minute, limit) {
      const key = `${chatbotId}#${minute}`;
      const taken = tests.get(key) ?? 0;
      if (taken >= limit) return false;
      tests.set(key, taken + 1);
      return true;
    },
  };
}

export function createMemoryPushKeys(): PushKeyStore {
  let stored: StoredPushKeys | undefined;
  return {
    get: async () => stored,
    async keepFirst(keys) {
      stored ??= keys;
      return stored;
    },
  };
}
