import { describe, expect, it } from "vitest";
import { AgentNotifications } from "../../lambdas/contracts/http.ts";
import { limits } from "../../lambdas/contracts/limits.ts";
import type { PushDevice } from "../../lambdas/store/agent-notifications.ts";
import type { Stores } from "../../lambdas/store/stores.ts";
import { anId, start } from "./builders.ts";

export function aDevice(deviceId: string, over: Partial<PushDevice> = {}): PushDevice {
  const endpoint = `https://updates.push.services.mozilla.com/push/${deviceId}`;
  return {
    deviceId,
    label: "Firefox on Linux",
    addedAt: start,
    subscription: { endpoint, keys: { p256dh: "p", auth: "a" } },
    ...over,
  };
}

/** What every implementation of the agents' wishes promises. */
export function describeAgentNotifications(
  name: string,
  under: () => Pick<Stores, "agentNotifications" | "pushKeys">,
): void {
  const store = () => under().agentNotifications;
  const chatbot = () =>
    `shop-${anId()
      .toLowerCase()
      .replace(/[^a-z0-9]/g, "")}`.slice(0, 40);
  const devicesOf = async (shop: string, agentId: string) =>
    (await store().get(shop, agentId)).devices.map(({ deviceId }) => deviceId);

  describe(`how agents want to be told, in ${name}`, () => {
    it("is nothing until they say so, and then what they said, chatbot by chatbot", async () => {
      const [shop, other] = [chatbot(), chatbot()];
      expect(await store().get(shop, "mia")).toEqual({
        agentId: "mia",
        preferences: AgentNotifications.parse({}),
        devices: [],
      });
      const preferences = AgentNotifications.parse({ sms: true, phone: "+4930123456" });
      await store().writePreferences(shop, "mia", preferences);
      await store().putDevice(shop, "tom", aDevice("d1"));
      expect((await store().get(shop, "mia")).preferences).toEqual(preferences);
      const all = await store().ofChatbot(shop);
      expect(all.map(({ agentId }) => agentId).toSorted()).toEqual(["mia", "tom"]);
      expect(await store().ofChatbot(other)).toEqual([]);
    });

    it("keeps devices and preferences apart, the newest device first, each browser once", async () => {
      const shop = chatbot();
      await store().putDevice(shop, "mia", aDevice("d1"));
      await store().writePreferences(shop, "mia", AgentNotifications.parse({ push: true }));
      await store().putDevice(shop, "mia", aDevice("d2"));
      expect(await devicesOf(shop, "mia")).toEqual(["d2", "d1"]);
      await store().putDevice(shop, "mia", aDevice("d1", { label: "At home" }));
      expect(await devicesOf(shop, "mia")).toEqual(["d1", "d2"]);
      await store().putDevice(shop, "mia", aDevice("d3", { subscription: aDevice("d2").subscription }));
      expect(await devicesOf(shop, "mia")).toEqual(["d3", "d1"]);
      expect((await store().get(shop, "mia")).preferences.push).toBe(true);
    });

    it(`has room for ${limits.pushDevices} devices, also when they come at once`, async () => {
      const shop = chatbot();
      for (let n = 0; n < limits.pushDevices - 1; n++) await store().putDevice(shop, "mia", aDevice(`d${n}`));
      const added = await Promise.all(["x", "y"].map((id) => store().putDevice(shop, "mia", aDevice(id))));
      expect(added.filter(Boolean)).toHaveLength(1);
      expect(await devicesOf(shop, "mia")).toHaveLength(limits.pushDevices);
      expect(await store().putDevice(shop, "mia", aDevice("d0"))).toBe(true);
    });

    it("forgets a device, but not one that has renewed its address meanwhile", async () => {
      const shop = chatbot();
      const old = aDevice("d1");
      await store().putDevice(shop, "mia", aDevice("d1", { subscription: aDevice("renewed").subscription }));
      await store().removeDevice(shop, "mia", "d1", old.subscription.endpoint);
      expect(await devicesOf(shop, "mia")).toEqual(["d1"]);
      await store().removeDevice(shop, "mia", "d1");
      expect(await devicesOf(shop, "mia")).toEqual([]);
      await store().removeDevice(shop, "nobody", "d1");
    });

    it("forgets an agent altogether", async () => {
      const shop = chatbot();
      await store().putDevice(shop, "mia", aDevice("d1"));
      await store().remove(shop, "mia");
      expect(await store().ofChatbot(shop)).toEqual([]);
    });

    it("counts the tests of a minute", async () => {
      const shop = chatbot();
      const taken = await Promise.all([1, 2, 3, 4].map(() => store().takeTest(shop, 7, 3)));
      expect(taken.filter(Boolean)).toHaveLength(3);
      expect(await store().takeTest(shop, 8, 3)).toBe(true);
      expect(await store().takeTest(chatbot(), 7, 3)).toBe(true);
    });

    it("has one pair of push keys: that of whoever came first", async () => {
      const pairs = ["one", "two"].map((publicKey) => ({ publicKey, sealedPrivateKey: `sealed ${publicKey}` }));
      const kept = await Promise.all(pairs.map((pair) => under().pushKeys.keepFirst(pair)));
      expect(kept[0]).toEqual(kept[1]);
      expect(await under().pushKeys.get()).toEqual(kept[0]);
    });
  });
}
