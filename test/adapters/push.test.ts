import { createECDH, randomBytes } from "node:crypto";
import { decrypt } from "http_ece";
import { decodeJwt, decodeProtectedHeader } from "jose";
import { describe, expect, it } from "vitest";
import webPush from "web-push";
import { canEncryptFor, createPushSender, isPushService } from "../../lambdas/adapters/push.ts";

/** A browser's subscription, with what only the browser knows. */
function aBrowser(endpoint = "https://fcm.googleapis.com/fcm/send/abc") {
  const ecdh = createECDH("prime256v1");
  const p256dh = ecdh.generateKeys("base64url");
  const auth = randomBytes(16).toString("base64url");
  return {
    target: { endpoint, keys: { p256dh, auth } },
    decrypt: (body: Buffer): string =>
      decrypt(body, { version: "aes128gcm", privateKey: ecdh, authSecret: Buffer.from(auth, "base64url") }).toString(
        "utf8",
      ),
  };
}

const keys = webPush.generateVAPIDKeys();

function aSender(answer: () => Response | Promise<Response>) {
  const requests: { url: string; init: RequestInit }[] = [];
  const sender = createPushSender({
    keys: async () => keys,
    contact: "mailto:ops@example.com",
    timeoutMs: 50,
    fetch: async (url, init = {}) => {
      requests.push({ url: String(url), init });
      return answer();
    },
  });
  return { sender, requests };
}

const message = { payload: '{"title":"Ada"}', topic: "conversation-1", keepSeconds: 3_600 };

describe("a push message", () => {
  it("is readable for the browser alone, signed for its push service, and replaces an older one", async () => {
    const browser = aBrowser();
    const { sender, requests } = aSender(() => new Response(null, { status: 201 }));
    expect(await sender.send({ ...message, target: browser.target })).toEqual({ kind: "sent" });
    const [{ url, init } = { url: "", init: {} }] = requests;
    expect(url).toBe(browser.target.endpoint);
    const headers = new Headers(init.headers);
    expect(Object.fromEntries(headers)).toMatchObject({
      ttl: "3600",
      urgency: "high",
      topic: "conversation-1",
      "content-encoding": "aes128gcm",
    });
    const body = Buffer.from(init.body as Uint8Array);
    expect(body.toString("latin1")).not.toContain("Ada");
    expect(browser.decrypt(body)).toBe(message.payload);
    const [, token = "", key] = /^vapid t=([^,]+), k=(.+)$/.exec(headers.get("authorization") ?? "") ?? [];
    expect(key).toBe(keys.publicKey);
    expect(decodeProtectedHeader(token).alg).toBe("ES256");
    expect(decodeJwt(token)).toMatchObject({ aud: "https://fcm.googleapis.com", sub: "mailto:ops@example.com" });
    expect(init.redirect).toBe("manual");
  });

  it.each([
    [404, "gone"],
    [410, "gone"],
    [429, "unavailable"],
    [500, "unavailable"],
    [503, "unavailable"],
    [302, "refused"],
    [400, "refused"],
    [403, "refused"],
    [413, "refused"],
  ])("takes %d as %s", async (status, kind) => {
    const { sender } = aSender(() => new Response("because\n  of this", { status }));
    const outcome = await sender.send({ ...message, target: aBrowser().target });
    expect(outcome).toMatchObject({ kind, detail: `the push service answered ${status}` });
    if (outcome.kind !== "gone") expect(outcome).toHaveProperty("said", "because of this");
  });

  it("reads no more of an answer than it shows", async () => {
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(65_536).fill(120));
      },
    });
    const { sender } = aSender(() => new Response(endless, { status: 400 }));
    const outcome = await sender.send({ ...message, target: aBrowser().target });
    expect(outcome).toMatchObject({ kind: "refused", said: "x".repeat(200) });
    expect(pulled).toBeLessThan(5);
  });

  it("may be tried again when there was no answer", async () => {
    const { sender } = aSender(() => Promise.reject(new DOMException("too slow", "TimeoutError")));
    const outcome = await sender.send({ ...message, target: aBrowser().target });
    expect(outcome).toEqual({ kind: "unavailable", detail: "no answer (TimeoutError)" });
  });
});

describe("the address of a browser", () => {
  it.each([
    "https://fcm.googleapis.com/fcm/send/abc:def",
    "https://updates.push.services.mozilla.com/wpush/v2/gAAAA",
    "https://db5p.notify.windows.com/w/?token=x",
    "https://web.push.apple.com/QGx",
  ])("may be %s", (endpoint) => {
    expect(isPushService(endpoint)).toBe(true);
  });

  it.each([
    "http://fcm.googleapis.com/fcm/send/abc",
    "https://169.254.169.254/latest/meta-data",
    "https://localhost/push",
    "https://fcm.googleapis.com:8443/x",
    "https://user@fcm.googleapis.com/x",
    "https://fcm.googleapis.com.evil.example/x",
    "https://evil.example/fcm.googleapis.com",
    "https://fcm.googleapis.com@evil.example/",
    "https://evil.example\\.push.apple.com/",
    "https://evilpush.apple.com/",
    "https://notify.windows.com.evil.example/",
    "https://push.services.mozilla.com/",
    "file:///etc/passwd",
    "no address",
  ])("is never %s, and nothing is sent there", async (endpoint) => {
    expect(isPushService(endpoint)).toBe(false);
    const { sender, requests } = aSender(() => new Response(null, { status: 201 }));
    expect((await sender.send({ ...message, target: aBrowser(endpoint).target })).kind).toBe("gone");
    expect(requests).toEqual([]);
  });

  it("comes with keys that something can be encrypted for", () => {
    const { target } = aBrowser();
    expect(canEncryptFor(target)).toBe(true);
    const notOnTheCurve = Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 7)]).toString("base64url");
    expect(canEncryptFor({ ...target, keys: { ...target.keys, p256dh: notOnTheCurve } })).toBe(false);
    expect(canEncryptFor({ ...target, keys: { ...target.keys, auth: "short" } })).toBe(false);
  });
});
