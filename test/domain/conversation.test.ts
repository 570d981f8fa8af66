import { describe, expect, it } from "vitest";
import { awayPeriodMs, type ConversationHead, isPresent, partyToNotify } from "../../lambdas/domain/conversation.ts";
import { entitlementsOf, quotaMonth } from "../../lambdas/domain/plan.ts";
import { isLive, leaseSeconds, leaseUntil } from "../../lambdas/domain/presence.ts";

const now = Date.UTC(2026, 10, 22, 9);

function aHead(over: Partial<ConversationHead> = {}): ConversationHead {
  return {
    chatbotId: "demo",
    conversationId: "conversation-1",
    visitorId: "v",
    status: "open",
    epoch: 2,
    seq: 5,
    read: { visitor: 4, agent: 4 },
    spoke: { visitor: 3, agent: 4 },
    unread: { visitor: 0, agent: 0 },
    botAnswers: 1,
    connections: [],
    lastAt: now,
    startedAt: now,
    notified: {},
    ...over,
  };
}
const live = (party: "visitor" | "agent") => ({ connectionId: party, party, until: leaseUntil(now) });

describe("presence", () => {
  it("is a lease that ends by itself", () => {
    expect(isLive(leaseUntil(now), now + (leaseSeconds - 1) * 1000)).toBe(true);
    expect(isLive(leaseUntil(now), now + leaseSeconds * 1000)).toBe(false);
    const head = aHead({ connections: [live("visitor")] });
    expect([isPresent(head, "visitor", now), isPresent(head, "agent", now)]).toEqual([true, false]);
    expect(isPresent(head, "visitor", now + 10 * 60_000)).toBe(false);
  });
});

describe("who has to be told of a message", () => {
  it("is nobody while everything is read", () => {
    expect(partyToNotify(aHead(), now)).toBeUndefined();
  });
  it("is the agent who left without reading", () => {
    const head = aHead({ spoke: { visitor: 5, agent: 4 } });
    expect(partyToNotify(head, now)).toBe("agent");
    expect(partyToNotify({ ...head, connections: [live("agent")] }, now)).toBeUndefined();
  });
  it("is the visitor who left before an answer, also when the conversation ended with it", () => {
    const head = aHead({ spoke: { visitor: 3, agent: 5 } });
    expect(partyToNotify(head, now)).toBe("visitor");
    expect(partyToNotify({ ...head, status: "ended" }, now)).toBe("visitor");
    expect(partyToNotify({ ...head, connections: [live("visitor")] }, now)).toBeUndefined();
  });
  it("is the visitor who left before an answer, also when the bot has the conversation back or a human is asked for again", () => {
    const head = aHead({ spoke: { visitor: 3, agent: 5 } });
    expect(partyToNotify({ ...head, status: "unrequested" }, now)).toBe("visitor");
    expect(partyToNotify({ ...head, status: "unassigned" }, now)).toBe("visitor");
  });
  it("is nobody while the bot answers or the escalation itself told the team", () => {
    const head = aHead({ spoke: { visitor: 5, agent: 0 } });
    expect(partyToNotify({ ...head, status: "unrequested" }, now)).toBeUndefined();
    expect(partyToNotify({ ...head, status: "unassigned" }, now)).toBeUndefined();
  });
  it("is told once in an away period, and again in the next or after six hours", () => {
    const head = aHead({ spoke: { visitor: 5, agent: 4 }, notified: { agent: { readMark: 4, at: now } } });
    expect(partyToNotify(head, now + 60_000)).toBeUndefined();
    expect(
      partyToNotify({ ...head, read: { visitor: 5, agent: 4 }, notified: { agent: { readMark: 2, at: now } } }, now),
    ).toBe("agent");
    expect(partyToNotify(head, now + awayPeriodMs + 1)).toBe("agent");
  });
});

describe("plans", () => {
  it.each([
    ["entry", false, false, 0],
    ["entry", true, true, 100],
    ["standard", false, true, 1_000],
    ["professional", false, true, 10_000],
  ] as const)("%s with add-on %s: live chat %s, %i mails a month", (name, liveChatAddOn, liveChat, mailsPerMonth) => {
    expect(entitlementsOf({ name, liveChatAddOn })).toEqual({ liveChat, mailsPerMonth });
  });
  it("counts mails by the month in UTC", () => {
    expect(quotaMonth(Date.UTC(2026, 11, 31, 23, 59, 59))).toBe("2026-12");
    expect(quotaMonth(Date.UTC(2027, 0, 1))).toBe("2027-01");
  });
});
