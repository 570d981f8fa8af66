import { createHmac } from "node:crypto";
import { createServer, type RequestListener, request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createHttpsPost, type HttpsReply, type Post } from "../../lambdas/adapters/responders/https-client.ts";
import { ForbiddenAddress, guardedLookup, isPublicAddress } from "../../lambdas/adapters/responders/public-address.ts";
import type { AnswerPart } from "../../lambdas/adapters/responders/responder.ts";
import { createWebhookResponder } from "../../lambdas/adapters/responders/webhook.ts";

const context = {
  chatbotId: "demo",
  conversationId: "c1",
  brandName: "Fernweh",
  locale: "en",
  history: [{ by: "visitor", text: "before" }] as const,
  knowledge: async () => [],
  signal: new AbortController().signal,
};

async function ask(...replies: (HttpsReply | Error)[]) {
  const calls: Parameters<Post>[] = [];
  const post: Post = async (...call) => {
    calls.push(call);
    const reply = replies.shift() ?? expect.fail("one call too many");
    if (reply instanceof Error) throw reply;
    return reply;
  };
  const responder = createWebhookResponder({ url: "https://bot.example/x", secret: "s3cret", post, now: () => 5_000 });
  const parts: AnswerPart[] = [];
  const done = (async () => {
    for await (const part of responder.answer("question?", context)) parts.push(part);
  })();
  return { calls, parts, done };
}
const good = { status: 200, body: JSON.stringify({ text: "Hello", offersHuman: true }) };

describe("the webhook responder", () => {
  it("signs timestamp and body, so that the owner's bot can tell us from others", async () => {
    const { calls, parts, done } = await ask(good);
    await done;
    expect(parts).toEqual([{ text: "Hello" }, { offersHuman: true }]);
    const [url, body, headers] = calls[0] ?? expect.fail();
    expect(url).toBe("https://bot.example/x");
    expect(JSON.parse(body)).toEqual({
      version: 1,
      chatbotId: "demo",
      conversationId: "c1",
      locale: "en",
      question: "question?",
      history: [{ by: "visitor", text: "before" }],
    });
    expect(headers["x-livechat-timestamp"]).toBe("5");
    expect(headers["x-livechat-signature"]).toBe(createHmac("sha256", "s3cret").update(`5.${body}`).digest("hex"));
  });

  it.each([[{ status: 503, body: "" }], [{ status: 429, body: "" }], [new Error("ECONNRESET")]])(
    "tries once more after a failure that may pass",
    async (failure) => {
      const { calls, done } = await ask(failure, good);
      await done;
      expect(calls).toHaveLength(2);
    },
  );

  it("gives up after the second failure", async () => {
    const { done } = await ask({ status: 500, body: "" }, { status: 500, body: "" });
    await expect(done).rejects.toThrow("500");
  });

  it.each([
    [{ status: 404, body: "" }],
    [{ status: 302, body: "" }],
    [{ status: 200, body: "<html>" }],
    [{ status: 200, body: JSON.stringify({ text: "" }) }],
    [{ status: 200, body: JSON.stringify({ text: "x".repeat(4_001) }) }],
    [new ForbiddenAddress()],
  ])("does not repeat what can't help", async (failure) => {
    const { calls, done } = await ask(failure);
    await expect(done).rejects.toThrow();
    expect(calls).toHaveLength(1);
  });
});

describe("addresses that a webhook may have", () => {
  it.each([
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fc00::1",
    "fd00:ec2::254",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::",
    "2001:db8::1",
    "localhost",
    "",
  ])("are refused: %s", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(["8.8.8.8", "172.32.0.1", "93.184.216.34", "2606:4700::1111", "2a00:1450:4001::1"])(
    "are public: %s",
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it("are all checked where the connection looks the name up", async () => {
    const resolved = (addresses: string[]) =>
      ((_: string, __: object, callback: (error: null, found: object[]) => void) =>
        callback(
          null,
          addresses.map((address) => ({ address, family: 4 })),
        )) as unknown as Parameters<typeof guardedLookup>[0];
    const lookup = (addresses: string[]) =>
      new Promise((resolve) =>
        guardedLookup(resolved(addresses))("x.example", {}, (error, found) => resolve(error ?? found)),
      );
    expect(await lookup(["8.8.8.8"])).toBe("8.8.8.8");
    expect(await lookup(["8.8.8.8", "127.0.0.1"])).toBeInstanceOf(ForbiddenAddress);
    expect(await lookup([])).toBeInstanceOf(ForbiddenAddress);
  });

  it.each([
    "https://127.0.0.1/",
    "https://[::1]/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://localhost/",
    "http://example.com/",
    "https://[::ffff:169.254.169.254]/latest",
  ])("are refused before anything is sent: %s", async (url) => {
    await expect(createHttpsPost()(url, "{}", {}, AbortSignal.timeout(5_000))).rejects.toBeInstanceOf(ForbiddenAddress);
  });
});

describe("posting to a foreign address", () => {
  const closers: (() => void)[] = [];
  afterEach(() => {
    for (const close of closers.splice(0)) close();
  });

  async function serverThat(answer: RequestListener): Promise<string> {
    const server = createServer(answer);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    closers.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }
  const post = createHttpsPost({ request, isAllowed: () => true, maxReplyBytes: 1_000 });

  it("returns status and body, and follows no redirect", async () => {
    let requests = 0;
    const url = await serverThat((_, response) => {
      requests++;
      response.writeHead(302, { location: "http://169.254.169.254/" }).end("moved");
    });
    expect(await post(url, "{}", {}, AbortSignal.timeout(5_000))).toEqual({ status: 302, body: "moved" });
    expect(requests).toBe(1);
  });

  it("reads no more than the limit", async () => {
    const url = await serverThat((_, response) => void response.end("x".repeat(5_000)));
    await expect(post(url, "{}", {}, AbortSignal.timeout(5_000))).rejects.toThrow("too large");
  });

  it("ends with its signal", async () => {
    const stop = new AbortController();
    const url = await serverThat(() => stop.abort());
    await expect(post(url, "{}", {}, stop.signal)).rejects.toThrow();
  });
});
