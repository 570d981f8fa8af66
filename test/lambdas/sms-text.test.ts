import { describe, expect, it } from "vitest";
import { fitsTwoSegments, senderIdOf, smsText } from "../../lambdas/notification/sms-text.ts";

const url = "https://d111111abcdef8.cloudfront.net/chatbot/demo/dashboard/live-chats/Zk3vQpX0aB1cD2eF3gH4i";
const about = { brandName: "Fernweh Outdoor", headline: "Ada would like to talk to a person (7KQ4-M2TX)", url };

describe("a text message", () => {
  it("says who waits, for what, and where to answer", () => {
    expect(smsText({ ...about, words: "Where is my parcel?" })).toBe(
      `Fernweh Outdoor: Ada would like to talk to a person (7KQ4-M2TX): "Where is my parcel?" ${url}`,
    );
  });

  it.each([
    ["English", "I was charged twice and nobody answers. ".repeat(10)],
    ["German", "Ich wurde zweimal belastet – „Warum?“ – und größer wird’s nicht… ".repeat(10)],
    ["Arabic", "أريد التحدث إلى شخص من فضلك لأن الطلب لم يصل ".repeat(10)],
    ["Japanese", "注文した商品がまだ届いていません。".repeat(10)],
    ["emoji", "🎉🎉 Hello 👩‍👩‍👧 there 🎉 ".repeat(10)],
    ["signs that count twice", "[{~^|€}] ".repeat(30)],
    ["nothing", ""],
  ])("fits two segments with the whole address: %s", (_, words) => {
    const text = smsText({ ...about, words });
    expect(fitsTwoSegments(text)).toBe(true);
    expect(text.endsWith(url)).toBe(true);
    expect(text).not.toMatch(/\p{Extended_Pictographic}|\u200d/u);
  });

  it("carries at most a hundred characters of the visitor", () => {
    const text = smsText({ ...about, url: "https://x.example/1", words: "a".repeat(4_000) });
    expect(text.match(/a+\.\.\./)?.[0].length).toBeLessThanOrEqual(102);
  });

  it("leaves out what a stranger would like an agent to tap on", () => {
    const words = "see https://evil.example/login or www.evil.example or evil.example/x now, at 3.5 stars";
    const text = smsText({ ...about, words });
    expect(text.replace(url, "")).not.toMatch(/evil/);
    expect(text).toContain("at 3.5 stars");
  });

  it("keeps joiners that a script needs", () => {
    expect(smsText({ ...about, headline: "می‌خواهم", words: "", url: "https://x.example" })).toContain("می‌خواهم");
  });
});

describe("the sender's name", () => {
  it.each([
    ["Fernweh", "Fernweh"],
    ["4711x", "4711x"],
    ["4711", undefined],
    ["Fernweh Outdoor", undefined],
    ["MuchTooLongAName", undefined],
    ["Größe", undefined],
    ["", undefined],
  ])("of %s is %s", (brand, senderId) => {
    expect(senderIdOf(brand)).toBe(senderId);
  });
});
