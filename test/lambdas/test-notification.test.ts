import { describe, expect, it } from "vitest";
import type { ZendeskLogin } from "../../lambdas/adapters/zendesk.ts";
import { quotaMonth } from "../../lambdas/domain/plan.ts";
import { type TestOutside, testNotification, testsPerMinute } from "../../lambdas/notification/test-notification.ts";
import { anAlertWorld } from "./alert-world.ts";
import { refusalCode } from "./chat-world.ts";

const olga = { agentId: "mia", chatbotId: "demo" };

type Login = Awaited<ReturnType<ZendeskLogin["check"]>>;

async function aTest(
  liveChat: Parameters<typeof anAlertWorld>[0] = {},
  login: Login = { kind: "signed in", name: "Bo" },
) {
  const world = await anAlertWorld(liveChat);
  const asked: unknown[] = [];
  const outside: TestOutside = {
    ...world.outside,
    zendesk: {
      check: async (account) => {
        asked.push(account);
        return login;
      },
    },
    openToken: async (chatbotId, sealed) => `${chatbotId}:${sealed}`,
  };
  const test = (channel: "email" | "zendesk" | "sms" | "push") => testNotification(outside, olga, { channel });
  return { ...world, test, asked };
}

describe("a test of e-mail", () => {
  it("goes to every notification address, looks like an escalation, and counts", async () => {
    const world = await aTest({
      liveChat: { email: { enabled: false, addresses: ["a@example.com", "b@example.com"] } },
    });
    const { ok, results } = await world.test("email");
    expect(ok).toBe(true);
    expect(results.map(({ recipient }) => recipient)).toEqual(["a@example.com", "b@example.com"]);
    expect(world.mailbox.sent.map(({ to, subject }) => [to, subject.startsWith("[TEST]")])).toEqual([
      ["a@example.com", true],
      ["b@example.com", true],
    ]);
    expect(world.mailbox.sent[0]?.text).toContain("This is a test. Nobody is waiting.");
    expect(await world.stores.chatbots.mailsUsed("demo", quotaMonth(world.clock.now))).toBe(2);
  });

  it("says what SES said, without naming our account, and gives the mail back", async () => {
    const world = await aTest();
    world.mailbox.answers.push({
      kind: "refused",
      detail: "SES 400 MessageRejected",
      said: "Email address is not verified: team@example.com (arn:aws:ses:eu-central-1:123456789012:identity/x, 123456789012)",
    });
    expect(await world.test("email")).toEqual({
      ok: false,
      results: [
        {
          recipient: "team@example.com",
          ok: false,
          detail:
            "SES 400 MessageRejected: Email address is not verified: team@example.com ((a resource) (an account))",
        },
      ],
    });
    expect(await world.stores.chatbots.mailsUsed("demo", quotaMonth(world.clock.now))).toBe(0);
  });
});

describe("a test of Zendesk", () => {
  it("signs in with the saved token and makes no ticket", async () => {
    const world = await aTest();
    expect(await world.test("zendesk")).toMatchObject({ ok: true, results: [{ detail: "Signed in as Bo." }] });
    expect(world.asked).toEqual([{ subdomain: "fernweh", user: "bot@example.com", token: "demo:sealed:token" }]);
  });

  it("shows what is wrong", async () => {
    const detail = "Zendesk 401 Couldn't authenticate you: user or API token are wrong.";
    const world = await aTest({}, { kind: "refused", detail });
    expect(await world.test("zendesk")).toEqual({
      ok: false,
      results: [{ recipient: "fernweh.zendesk.com", ok: false, detail }],
    });
  });
});

describe("a test of SMS and push", () => {
  it("goes to the owner's own phone and browsers", async () => {
    const world = await aTest();
    await world.wishes("mia", { phone: "+4930123456" });
    await world.hasBrowsers("mia", "m1", "m2");
    await world.hasBrowsers("tom", "t1");
    expect((await world.test("sms")).results).toMatchObject([{ recipient: "+4930123456", ok: true }]);
    expect((await world.test("push")).results).toHaveLength(2);
    expect(world.pushes.sent.map(({ target }) => target.endpoint.slice(-2))).toEqual(["m2", "m1"]);
  });

  it("says what is missing", async () => {
    const world = await aTest();
    expect(await world.test("sms")).toMatchObject({
      ok: false,
      results: [{ detail: expect.stringContaining("phone") }],
    });
    expect(await world.test("push")).toMatchObject({
      ok: false,
      results: [{ detail: expect.stringContaining("browser") }],
    });
  });

  it("says which browser failed and why, and forgets one that is gone", async () => {
    const world = await aTest();
    await world.hasBrowsers("mia", "m1", "m2");
    world.pushes.answers.push(
      { kind: "gone", detail: "the push service answered 410" },
      { kind: "refused", detail: "the push service answered 403", said: "wrong VAPID key" },
    );
    const { ok, results } = await world.test("push");
    expect(ok).toBe(false);
    expect(results.map(({ detail }) => detail)).toEqual([
      "the push service answered 410: this browser is forgotten. Allow it again.",
      "the push service answered 403: wrong VAPID key",
    ]);
    expect(await world.browsersOf("mia")).toEqual(["m1"]);
  });
});

it("more tests than a person needs are refused for the rest of the minute", async () => {
  const world = await aTest();
  for (let n = 0; n < testsPerMinute; n++) await world.test("zendesk");
  expect(await refusalCode(world.test("email"))).toBe("too_many_requests");
  expect(world.mailbox.sent).toEqual([]);
  world.clock.now += 60_000;
  expect((await world.test("zendesk")).ok).toBe(true);
});
