import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DomainError } from "../../lambdas/domain/errors.ts";
import { keyRingOf, parseKeyRing } from "../../lambdas/runtime/keys.ts";
import { createTokens, portalOrigin, portalUrl } from "../../lambdas/runtime/tokens.ts";

const start = Date.UTC(2026, 10, 2);
const visitor = {
  kind: "visitor",
  chatbotId: "shop",
  conversationId: "conversation-1",
  visitorId: "visitor-1",
} as const;
const ref = { chatbotId: "shop", conversationId: "conversation-1" };
const link = { ...ref, linkId: "link-0001" };

/** A sandbox whose secret can be rotated under it. */
function aSandbox(secret: Record<string, string> = { current: "k1", k1: "a".repeat(64) }) {
  const clock = { now: start };
  const state = { stored: JSON.stringify(secret), cached: JSON.stringify(secret), reads: 0 };
  const keys = keyRingOf({
    read: async () => state.cached,
    readAgain: async () => {
      state.reads += 1;
      state.cached = state.stored;
      return state.cached;
    },
  });
  return { clock, state, tokens: createTokens({ keys, now: () => clock.now }) };
}

const code = (error: unknown): unknown => (error instanceof DomainError ? error.code : error);
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => "accepted",
    (error: unknown) => code(error),
  );

test("no token stands in for one of another purpose", async () => {
  const { tokens } = aSandbox();
  const made = {
    session: await tokens.issueSession(visitor),
    ticket: await tokens.issueTicket(visitor, "ticket-1"),
    link: await tokens.createLinkToken(link, start + 1000_000),
    mail: await tokens.createMailToken({ ...ref, recipientHash: "0123456789abcdef" }, start + 1000_000),
    cursor: await tokens.sealCursor({}),
    sealed: await tokens.seal("shop/zendeskToken", "secret"),
  };
  const readers = {
    session: tokens.readSession,
    ticket: tokens.readTicket,
    link: tokens.readLinkToken,
    mail: tokens.readMailToken,
    cursor: tokens.openCursor,
  };
  for (const [purpose, read] of Object.entries(readers)) {
    for (const [kind, token] of Object.entries(made)) {
      const expected = kind === purpose ? "accepted" : purpose === "cursor" ? "bad_request" : "unauthorized";
      expect([purpose, kind, await refusal(read(token))]).toEqual([purpose, kind, expected]);
    }
  }
});

describe("times", () => {
  test("a visitor's session lasts 30 days, a portal's one hour, a ticket a minute", async () => {
    const { tokens, clock } = aSandbox();
    const portal = { kind: "portal", ...link, role: "agent", name: "Shop" } as const;
    const session = await tokens.issueSession(visitor);
    const portalSession = await tokens.issueSession(portal);
    const ticket = await tokens.issueTicket(visitor, "ticket-1");
    clock.now = start + 59_000;
    expect(await tokens.readTicket(ticket)).toMatchObject({ ticketId: "ticket-1", caller: visitor });
    clock.now = start + 60_000;
    expect(await refusal(tokens.readTicket(ticket))).toBe("unauthorized");
    expect(await tokens.readSession(portalSession)).toEqual(portal);
    clock.now = start + 60 * 60_000;
    expect(await refusal(tokens.readSession(portalSession))).toBe("unauthorized");
    clock.now = start + 30 * 24 * 60 * 60_000 - 1000;
    expect(await tokens.readSession(session)).toEqual(visitor);
    clock.now += 1000;
    expect(await refusal(tokens.readSession(session))).toBe("unauthorized");
  });

  test("a link's token expires with its record and says so", async () => {
    const { tokens, clock } = aSandbox();
    const token = await tokens.createLinkToken(link, start + 5_000);
    expect(await tokens.readLinkToken(token)).toEqual(link);
    clock.now += 5_000;
    expect(await refusal(tokens.readLinkToken(token))).toBe("link_expired");
  });
});

test("an edited token is refused, wherever it was edited", async () => {
  const { tokens } = aSandbox();
  const token = await tokens.issueSession(visitor);
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: token.length - 2 }), fc.constantFrom("A", "z", "0", "-"), async (at, character) => {
      fc.pre(token[at] !== character && token[at] !== "." && token[at + 1] !== ".");
      const edited = token.slice(0, at) + character + token.slice(at + 1);
      expect(await refusal(tokens.readSession(edited))).toBe("unauthorized");
    }),
  );
});

test("what somebody signed without a key is refused", async () => {
  const { tokens } = aSandbox();
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = part({ caller: visitor, aud: "session", iat: start / 1000, exp: start });
  const unsigned = `${part({ alg: "none", kid: "k1", typ: "livechat-session" })}.${claims}.`;
  expect(await refusal(tokens.readSession(unsigned))).toBe("unauthorized");
});

describe("rotation", () => {
  test("old tokens stay valid while their key is there, new ones use the new key", async () => {
    const one = aSandbox();
    const old = await one.tokens.issueSession(visitor);
    const both = aSandbox({ current: "k2", k1: "a".repeat(64), k2: "b".repeat(64) });
    expect(await both.tokens.readSession(old)).toEqual(visitor);
    const fresh = await both.tokens.issueSession(visitor);
    expect(JSON.parse(Buffer.from(fresh.split(".")[0] ?? "", "base64url").toString())).toMatchObject({ kid: "k2" });
    const after = aSandbox({ current: "k2", k2: "b".repeat(64) });
    expect(await refusal(after.tokens.readSession(old))).toBe("unauthorized");
  });

  test("a sandbox that has not heard of a key reads the secret again", async () => {
    const late = aSandbox();
    const rotated = { current: "k2", k1: "a".repeat(64), k2: "b".repeat(64) };
    const fresh = await aSandbox(rotated).tokens.issueSession(visitor);
    late.state.stored = JSON.stringify(rotated);
    expect(await late.tokens.readSession(fresh)).toEqual(visitor);
    expect(late.state.reads).toBe(1);
  });
});

test("a failure to read the keys is not the caller's fault", async () => {
  const broken = {
    read: () => Promise.reject(new Error("no network")),
    readAgain: () => Promise.reject(new Error("x")),
  };
  const { tokens } = aSandbox();
  const token = await tokens.issueSession(visitor);
  const reading = createTokens({ keys: broken, now: () => start }).readSession(token);
  await expect(reading).rejects.toThrow("no network");
});

test.each([
  "{}",
  '{"current":"k1"}',
  '{"current":"k1","k1":"short"}',
  '{"current":"toString","k1":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}',
])("a secret of %s is not a key ring", (secret) => {
  expect(() => parseKeyRing(secret)).toThrow();
});

test("portal URLs live on the owner's host when there is one", () => {
  expect(portalUrl(portalOrigin({ host: "" }, "https://chat.example.com"), "agent", "t")).toBe(
    "https://chat.example.com/portal/agent#t",
  );
  expect(portalOrigin({ host: "help.shop.example" }, "https://chat.example.com")).toBe("https://help.shop.example");
  expect(portalOrigin({ host: "help.localhost" }, "http://localhost:4000")).toBe("http://help.localhost:4000");
});
