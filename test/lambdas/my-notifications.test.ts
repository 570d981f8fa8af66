import { createECDH, randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { AgentNotifications } from "../../lambdas/contracts/http.ts";
import { limits } from "../../lambdas/contracts/limits.ts";
import {
  deletePushDevice,
  putPushDevice,
  readMyNotifications,
  writeMyNotifications,
} from "../../lambdas/notification/keep-my-notifications.ts";
import { deploymentPushKeys } from "../../lambdas/notification/push-keys.ts";
import { createMemoryStores } from "../../lambdas/store/memory/stores.ts";
import { refusalCode } from "./chat-world.ts";
import { aChatbot } from "./notify-world.ts";

const mia = { agentId: "mia", chatbotId: "demo" };

async function services(over: Parameters<typeof aChatbot>[1] = {}, plan?: Parameters<typeof aChatbot>[2]) {
  const stores = createMemoryStores();
  await stores.chatbots.put(aChatbot("demo", over, plan));
  return { ...stores, pushKey: async () => "the-key", now: () => 42 };
}

function aSubscription(endpoint = "https://updates.push.services.mozilla.com/push/1") {
  const keys = {
    p256dh: createECDH("prime256v1").generateKeys("base64url"),
    auth: randomBytes(16).toString("base64url"),
  };
  return { label: "Firefox", subscription: { endpoint, keys } };
}

describe("what an agent reads", () => {
  it("is the defaults at first, with the key where push is on", async () => {
    expect(await readMyNotifications(await services(), mia)).toEqual({
      preferences: AgentNotifications.parse({}),
      devices: [],
      pushKey: "the-key",
      allowed: { sms: false, push: true },
    });
  });

  it.each([
    ["switched push off", { liveChat: { push: { enabled: false } } }, {}],
    ["switched live chat off", { liveChat: { enabled: false } }, {}],
    ["no live chat in its plan", {}, { plan: { name: "entry", liveChatAddOn: false } }],
  ] as const)("has no key when the chatbot has %s", async (_, settings, plan) => {
    const view = await readMyNotifications(await services(settings, plan), mia);
    expect(view.pushKey).toBeUndefined();
    expect(view.allowed).toEqual({ sms: false, push: false });
  });

  it("is never a browser's address or keys", async () => {
    const outside = await services();
    const { subscription } = aSubscription();
    await putPushDevice(outside, mia, "device-1", { label: "Firefox", subscription });
    const view = await readMyNotifications(outside, mia);
    expect(view.devices).toEqual([{ deviceId: "device-1", label: "Firefox", addedAt: 42 }]);
    expect(JSON.stringify(view)).not.toContain(subscription.keys.auth);
  });
});

describe("what an agent writes", () => {
  it("is kept", async () => {
    const outside = await services();
    const preferences = AgentNotifications.parse({ sms: true, phone: "+4930123456", push: true });
    expect(await writeMyNotifications(outside, mia, preferences)).toEqual({ preferences });
    expect((await readMyNotifications(outside, mia)).preferences).toEqual(preferences);
    expect((await readMyNotifications(outside, { ...mia, agentId: "tom" })).preferences.sms).toBe(false);
  });

  it.each([
    ["texts without a number", { sms: true }, "phone"],
    [
      "quiet hours without a length",
      { quietHours: { enabled: true, from: "22:00", to: "22:00", timeZone: "UTC" } },
      "quietHours.to",
    ],
  ])("is refused for %s", async (_, given, path) => {
    const writing = writeMyNotifications(await services(), mia, AgentNotifications.parse(given));
    await expect(writing).rejects.toMatchObject({ code: "bad_request", fields: [{ path }] });
  });
});

describe("a browser", () => {
  it.each([
    ["https://169.254.169.254/latest/meta-data", "subscription.endpoint"],
    ["https://push.example/1", "subscription.endpoint"],
  ])("at %s is refused", async (endpoint, path) => {
    const putting = putPushDevice(await services(), mia, "device-1", aSubscription(endpoint));
    await expect(putting).rejects.toMatchObject({ code: "bad_request", fields: [{ path }] });
  });

  it("with keys that are none is refused", async () => {
    const { label, subscription } = aSubscription();
    const bent = { label, subscription: { ...subscription, keys: { p256dh: "AAAA", auth: "AAAA" } } };
    await expect(putPushDevice(await services(), mia, "device-1", bent)).rejects.toMatchObject({
      fields: [{ path: "subscription.keys" }],
    });
  });

  it("beyond the limit is refused, and has room once another is forgotten", async () => {
    const outside = await services();
    const put = (n: number) =>
      putPushDevice(outside, mia, `device-${n}`, aSubscription(`https://fcm.googleapis.com/fcm/send/${n}`));
    for (let n = 0; n < limits.pushDevices; n++) await put(n);
    expect(await refusalCode(put(99))).toBe("conflict");
    await deletePushDevice(outside, mia, "device-3");
    await deletePushDevice(outside, mia, "device-3");
    expect(await put(99)).toEqual({ deviceId: "device-99" });
  });
});

describe("the deployment's push keys", () => {
  it("are made once, kept sealed, and stay the same", async () => {
    const { pushKeys } = createMemoryStores();
    const tokens = {
      seal: async (context: string, secret: string) => `${context}|${Buffer.from(secret).toString("hex")}`,
      open: async (context: string, sealed: string) => {
        const [own, hex = ""] = sealed.split("|");
        if (own !== context) throw new Error("sealed for something else");
        return Buffer.from(hex, "hex").toString();
      },
    };
    const made = await Promise.all([1, 2].map(() => deploymentPushKeys({ pushKeys, tokens })));
    expect(made[0]).toEqual(made[1]);
    expect(await deploymentPushKeys({ pushKeys, tokens })).toEqual(made[0]);
    const ecdh = createECDH("prime256v1");
    ecdh.setPrivateKey(made[0]?.privateKey ?? "", "base64url");
    expect(ecdh.getPublicKey("base64url")).toBe(made[0]?.publicKey);
    expect(JSON.stringify(await pushKeys.get())).not.toContain(made[0]?.privateKey);
  });
});
