import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readMailFeedback } from "../../lambdas/adapters/mail-feedback.ts";
import { type NotificationRef, notificationOf, tagsOf } from "../../lambdas/adapters/mail-tags.ts";

const notification: NotificationRef = {
  chatbotId: "demo",
  conversationId: "conversation_-1",
  notificationId: "unseen-visitor-3-1764000000000:email:0123456789abcdef",
};
const sentAt = "2026-11-22T09:00:00.000Z";
const laterAt = "2026-11-22T09:00:07.000Z";

/** "Examples of event data that Amazon SES publishes": what matters of it, and a field that nobody knows. */
function anEvent(eventType: string, fact: object = {}, tags: object = tagsOf(notification)) {
  const values = Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]]));
  return {
    eventType,
    mail: {
      timestamp: sentAt,
      messageId: "0100-ses",
      destination: ["ada@example.com"],
      tags: { "ses:configuration-set": ["set"], ...values },
      new: true,
    },
    [eventType.toLowerCase()]: fact,
  };
}

describe("the tags of a mail", () => {
  it("name a line of the ledger in the letters that SES allows, and are read back as they were", () => {
    const id = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 });
    const refs = fc.record({ chatbotId: id, conversationId: id, notificationId: id });
    fc.assert(
      fc.property(refs, (ref) => {
        fc.pre(Object.values(tagsOfOrNone(ref)).length > 0);
        const tags = tagsOf(ref);
        for (const value of Object.values(tags)) expect(value).toMatch(/^[A-Za-z0-9_-]{1,256}$/);
        expect(
          notificationOf(Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]]))),
        ).toEqual(ref);
      }),
    );
  });

  it("are refused when they would not fit, instead of naming another line", () => {
    expect(() => tagsOf({ ...notification, notificationId: ":".repeat(90) })).toThrow("too long");
  });
});

describe("an event of SES", () => {
  it.each([
    ["Send", {}, "sent", sentAt],
    ["Delivery", { timestamp: laterAt }, "delivered", laterAt],
    ["Bounce", { timestamp: laterAt, bounceType: "Permanent" }, "hardBounce", laterAt],
    ["Bounce", { timestamp: laterAt, bounceType: "Transient" }, "softBounce", laterAt],
    ["Bounce", { timestamp: laterAt, bounceType: "Undetermined" }, "softBounce", laterAt],
    ["Complaint", { timestamp: laterAt }, "complaint", laterAt],
    ["Reject", { reason: "Bad content" }, "rejected", sentAt],
  ])("%s %j says %s", (eventType, fact, kind, at) => {
    expect(readMailFeedback(anEvent(eventType, fact))).toEqual({
      notification,
      kind,
      at: Date.parse(at),
      messageId: "0100-ses",
    });
  });

  it.each([
    ["no tags of ours", {}],
    ["a tag that we did not make", { ...tagsOf(notification), notificationId: "a:b" }],
    ["half an escape", { ...tagsOf(notification), notificationId: "a_3" }],
    ["bytes that are no text", { ...tagsOf(notification), notificationId: "a_FF_FE" }],
    ["another chatbot's key", { ...tagsOf(notification), chatbotId: "demo_23acme" }],
    ["a key in an id", { ...tagsOf(notification), conversationId: "conversation_23H" }],
    ["an endless id", { ...tagsOf(notification), notificationId: "a".repeat(200) }],
  ])("about a mail with %s is about none of ours", (_, tags) => {
    expect(readMailFeedback(anEvent("Send", {}, tags))).toBeUndefined();
  });

  it.each([
    ["nothing", undefined],
    ["another type", anEvent("Open", { timestamp: laterAt })],
    ["no moment", anEvent("Delivery", {})],
    ["tags that are no lists", { ...anEvent("Send"), mail: { timestamp: sentAt, messageId: "m", tags: "x" } }],
  ])("that is %s is refused", (_, detail) => {
    expect(() => readMailFeedback(detail)).toThrow();
  });
});

function tagsOfOrNone(ref: NotificationRef): object {
  try {
    return tagsOf(ref);
  } catch {
    return {};
  }
}
