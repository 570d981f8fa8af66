import { createECDH, randomBytes } from "node:crypto";
import { decrypt } from "http_ece";
import { describe, expect, it } from "vitest";
import webPush from "web-push";
import type { CloudContext } from "../../local/cloud/service.ts";
import { type PushService, startPushService } from "../../local/stubs/push.ts";
import { lambda, temporaryDirectory, writeAssembly } from "./fixtures/assembly.ts";
import { bundle } from "./fixtures/bundle.ts";
import { aCloud } from "./fixtures/cloud.ts";

const vapid = webPush.generateVAPIDKeys();
const host = "fcm.push.services.example";

/** A browser's side of a subscription, which alone can read what is pushed. */
function aBrowser(id = "ada") {
  const keys = createECDH("prime256v1");
  keys.generateKeys();
  const auth = randomBytes(16);
  return {
    subscription: {
      endpoint: `https://${host}/push/${id}`,
      keys: { p256dh: keys.getPublicKey("base64url"), auth: auth.toString("base64url") },
    },
    read: (body: string) =>
      decrypt(Buffer.from(body, "base64"), { version: "aes128gcm", privateKey: keys, authSecret: auth }).toString(),
  };
}

/** A function that pushes with the library that the product uses. */
async function aPusher(directory?: string) {
  const source = bundle(`
    import webPush from "web-push";
    export const handler = ({ subscription, payload, options }) =>
      webPush.sendNotification(subscription, payload, options).then(
        ({ statusCode, headers }) => ({ status: statusCode, location: headers.location }),
        (error) => ({ status: error.statusCode, headers: error.headers, message: error.body ?? error.message }),
      );
  `);
  const assembly = writeAssembly({ Resources: lambda("Pusher", "pusher") }, { pusher: source });
  let service: PushService | undefined;
  const part = async (context: CloudContext) => {
    service = await startPushService(context);
    return service;
  };
  const cloud = await aCloud(assembly, { parts: [part], directory });
  const vapidDetails = { subject: "mailto:ops@example.com", ...vapid };
  return {
    cloud,
    pushes: (service ?? expect.unreachable()).pushes,
    baseUrl: (service ?? expect.unreachable()).baseUrl,
    async push(subscription: object, payload = "hello", options: object = {}) {
      const event = { subscription, payload, options: { vapidDetails, TTL: 60, ...options } };
      const result = await cloud.functions.invoke("Pusher", event);
      if ("error" in result) throw new Error(result.error.errorMessage);
      return result.payload as { status: number; location?: string; headers?: Record<string, string> };
    },
  };
}

describe("the push service", () => {
  it("takes an encrypted message that only the browser can read", async () => {
    const { cloud, pushes, push } = await aPusher();
    const browser = aBrowser();
    const answer = await push(browser.subscription, "Somebody waits", { urgency: "high", topic: "c42" });
    const [kept] = pushes.list();
    expect(answer).toMatchObject({ status: 201, location: `https://${host}/message/${kept?.id}` });
    expect(kept).toMatchObject({
      subscription: "ada",
      ttl: 60,
      headers: { urgency: "high", topic: "c42" },
      claims: { aud: `https://${host}`, sub: "mailto:ops@example.com" },
      applicationServerKey: vapid.publicKey,
    });
    expect(browser.read(kept?.body ?? "")).toBe("Somebody waits");
    expect(cloud.counters.snapshot()).toMatchObject({ webpush: { messages: 1 } });
  });

  it("refuses what is not signed for it, has ended, or is too large", async () => {
    const { cloud, baseUrl, pushes, push } = await aPusher();
    const { subscription } = aBrowser();
    const other = webPush.generateVAPIDKeys();
    const mixed = { subject: "mailto:a@b.c", publicKey: other.publicKey, privateKey: vapid.privateKey };
    expect(await push(subscription, "x", { vapidDetails: mixed })).toMatchObject({ status: 403 });
    expect(await push(subscription, "x".repeat(4_100))).toMatchObject({ status: 413 });
    const post = (headers: Record<string, string>) =>
      fetch(`${baseUrl}/push/ada`, { method: "POST", headers: { ttl: "1", "x-forwarded-host": host, ...headers } });
    expect((await post({})).status).toBe(401);
    const signed = (audience: string) =>
      webPush.getVapidHeaders(audience, "mailto:a@b.c", vapid.publicKey, vapid.privateKey, "aes128gcm").Authorization;
    expect((await post({ authorization: signed("https://elsewhere.example") })).status).toBe(403);
    const authorization = signed(`https://${host}`);
    await cloud.clock.advance(25 * 3_600_000);
    expect((await post({ authorization })).status).toBe(403);
    expect(pushes.list()).toEqual([]);
  });

  it("throttles once, and a subscription that is gone stays gone, also after a restart", async () => {
    const directory = temporaryDirectory();
    const first = await aPusher(directory);
    const { subscription } = aBrowser();
    const match = { subscription: "ada" };
    first.cloud.faults.add({ kind: "webpush.refused", match, options: { status: 429, retryAfter: 7 } });
    expect(await first.push(subscription)).toMatchObject({ status: 429, headers: { "retry-after": "7" } });
    expect(await first.push(subscription)).toMatchObject({ status: 201 });
    first.cloud.faults.add({ kind: "webpush.refused", match });
    expect(await first.push(aBrowser("bob").subscription)).toMatchObject({ status: 201 });
    expect(await first.push(subscription)).toMatchObject({ status: 410 });
    expect(await first.push(subscription)).toMatchObject({ status: 410 });
    await first.cloud.close();
    const second = await aPusher(directory);
    expect(second.pushes.list()).toHaveLength(2);
    expect(await second.push(subscription)).toMatchObject({ status: 410 });
  });
});
