import { afterEach, describe, expect, it, vi } from "vitest";
import { humanOfferedUnder } from "../../frontend/widget/human-offer.ts";
import { en } from "../../frontend/widget/messages/en.ts";
import { presenceOf } from "../../frontend/widget/panel-header.tsx";
import { visitStore } from "../../frontend/widget/visit-store.ts";
import { visitedPage } from "../../frontend/widget/visited-page.ts";
import type { Status } from "../../lambdas/domain/status.ts";
import { aMessage, aState } from "./frames.ts";

const bot = { author: { role: "bot" } } as const;
const liveChat = (enabled = true, button = true, fromAnswer = 1) => ({
  enabled,
  button: { enabled: button, text: "Talk to a human", fromAnswer },
});

describe("the human button", () => {
  const talk = [aMessage(1), aMessage(2, bot), aMessage(3), aMessage(4, bot), aMessage(5)];
  const asked = (botAnswers: number, status: Status = "unrequested") => ({ status, botAnswers });

  it("stands under the newest AI answer", () => {
    expect(humanOfferedUnder(liveChat(), asked(2), talk)).toBe(4);
  });
  it("waits for the n-th answer when triggered lazily", () => {
    expect(humanOfferedUnder(liveChat(true, true, 3), asked(2), talk)).toBeUndefined();
    expect(humanOfferedUnder(liveChat(true, true, 3), asked(3), talk)).toBe(4);
  });
  it("stands under an answer that does not help, whatever the trigger says", () => {
    const sorry = [aMessage(1), aMessage(2, { ...bot, offersHuman: true })];
    expect(humanOfferedUnder(liveChat(true, false, 9), asked(1), sorry)).toBe(2);
  });
  it("is never there with live chat off, or once a human was asked for", () => {
    const sorry = [aMessage(1), aMessage(2, { ...bot, offersHuman: true })];
    expect(humanOfferedUnder(liveChat(false), asked(5), sorry)).toBeUndefined();
    for (const status of ["unassigned", "open", "ended"] as const) {
      expect(humanOfferedUnder(liveChat(), asked(5, status), sorry)).toBeUndefined();
    }
  });
});

describe("the header", () => {
  const present = (who: readonly string[]) => ({ isPresent: (one: string) => who.includes(one) });
  const chatbot = { liveChat: liveChat() };
  it("says who is there", () => {
    const waiting = aState({ status: "unassigned" });
    const open = aState({ status: "open", assignee: "Mia" });
    expect(presenceOf({ state: undefined, ...present([]) }, chatbot, en).text).toBe(en.answersAtOnce);
    expect(presenceOf({ state: waiting, ...present(["team"]) }, chatbot, en).text).toBe(en.online);
    expect(presenceOf({ state: waiting, ...present([]) }, chatbot, en).text).toBe(en.away);
    expect(presenceOf({ state: open, ...present(["agent", "team"]) }, chatbot, en)).toMatchObject({
      text: "You are talking to Mia",
    });
    expect(presenceOf({ state: open, ...present([]) }, chatbot, en)).toEqual({ text: en.away, present: false });
  });
});

describe("visitStore", () => {
  const aStorage = (content: Record<string, string> = {}) => {
    const storage = {
      getItem: (key: string) => content[key] ?? null,
      setItem(key: string, value: string) {
        content[key] = value;
      },
      removeItem(key: string) {
        delete content[key];
      },
    };
    return () => storage;
  };

  it("finds the visit again after a reload, for its chatbot only", () => {
    const storage = aStorage();
    visitStore("demo", storage).save({ session: "s", draft: "half a sen" });
    expect(visitStore("demo", storage).read()).toEqual({ session: "s", draft: "half a sen" });
    expect(visitStore("other", storage).read()).toEqual({});
  });
  it("works where even looking at the storage is forbidden", () => {
    const store = visitStore("demo", () => {
      throw new Error("SecurityError");
    });
    store.save({ session: "s" });
    expect(store.read()).toEqual({ session: "s" });
  });
  it("survives whatever stands in the storage", () => {
    for (const junk of ["not json", "null", '{"session":7}', '{"pending":[{"id":1}],"lead":"x"}', '{"pending":7}']) {
      const { session, pending } = visitStore("demo", aStorage({ "livechat:demo": junk })).read();
      expect([session, pending]).toEqual([undefined, undefined]);
    }
  });
});

describe("visitedPage", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });
  it("leaves out what stands behind the hash, and what is no web address", () => {
    vi.stubGlobal("navigator", { language: "de-DE" });
    const visited = visitedPage("https://shop.example/a?b=1#token", "javascript:alert(1)");
    expect(visited).toMatchObject({ page: "https://shop.example/a?b=1", locale: "de-DE" });
    expect(visited).not.toHaveProperty("referrer");
  });
});
