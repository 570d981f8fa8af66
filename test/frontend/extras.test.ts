import { describe, expect, it, vi } from "vitest";
import { ConversationModel } from "../../frontend/shared/conversation-model.ts";
import { ConversationSession } from "../../frontend/shared/conversation-session.ts";
import { emojiGroups } from "../../frontend/shared/extras/emoji.ts";
import { extrasLanguages } from "../../frontend/shared/extras/languages.ts";
import { markdownSyntax } from "../../frontend/shared/extras/message-body.tsx";
import { TalkExtras } from "../../frontend/shared/extras/talk-extras.tsx";
import { english } from "../../frontend/shared/i18n.ts";
import { StatusLine } from "../../frontend/shared/status-line.tsx";
import { talkLanguages } from "../../frontend/shared/talk-languages.ts";
import { backAtText, expectedWaitText } from "../../frontend/widget/extras/availability-text.ts";
import { problemsOf } from "../../frontend/widget/extras/lead-form.tsx";
import { TeamAvailability } from "../../frontend/widget/extras/team-availability.ts";
import type { ServerFrame } from "../../lambdas/contracts/protocol.ts";
import type { Status } from "../../lambdas/domain/status.ts";
import { aStateFrame, conversationId } from "./frames.ts";

const language = english(extrasLanguages, "en-GB");
const { texts } = language;
const monday = Date.UTC(2026, 10, 23, 9);
const hours = 3_600_000;

describe("when the team answers", () => {
  const closed = { open: false, opensAt: monday, teamUntil: 0 };

  it("is said in the visitor's zone, by weekday as long as that is clear", () => {
    expect(backAtText(closed, language, monday - 60 * hours, "UTC")).toBe("We’re back Monday 09:00");
    expect(backAtText(closed, language, monday - 60 * hours, "Asia/Tokyo")).toBe("We’re back Monday 18:00");
    expect(backAtText(closed, language, monday - 200 * hours, "UTC")).toContain("23 November");
  });
  it("is not said of a time that has passed, and while the team is in its hours", () => {
    expect(backAtText(closed, language, monday + 1)).toBeUndefined();
    expect(backAtText({ ...closed, open: true }, language, 0)).toBeUndefined();
    expect(backAtText({ open: false, teamUntil: 0 }, language, 0)).toBeUndefined();
  });
  it("is a wait in minutes or hours", () => {
    const wait = (expectedWaitSeconds: number) =>
      expectedWaitText({ open: true, teamUntil: 0, expectedWaitSeconds }, language);
    expect([wait(20), wait(190), wait(7_300)]).toEqual([
      "Usually answers in about 1 min",
      "Usually answers in about 3 mins",
      "Usually answers in about 2 hrs",
    ]);
    expect(expectedWaitText({ ...closed, expectedWaitSeconds: 60 }, language)).toBeUndefined();
  });
  it("holds for a lease, and is asked for again when somebody looks later", async () => {
    let now = 0;
    const read = vi.fn(async () => ({ open: true, teamUntil: 0 }));
    const team = new TeamAvailability({ open: true, teamUntil: 1 }, read, () => now);
    now = 149_000;
    expect(team.isTeamPresent).toBe(true);
    now = 151_000;
    expect(team.isTeamPresent).toBe(false);
    await team.refresh();
    await team.refresh();
    expect([read.mock.calls.length, team.known.teamUntil]).toEqual([1, 0]);
  });
});

describe("the lead form", () => {
  const nothing = { name: "", email: "", phone: "" };
  it("wants what the owner requires, or one way to reach somebody", () => {
    expect(problemsOf(nothing, ["name", "phone"], texts)).toEqual({ name: texts.fillIn, phone: texts.fillIn });
    expect(problemsOf(nothing, [], texts)).toEqual({ email: texts.fillIn });
    expect(problemsOf({ ...nothing, phone: "+49 30 1234567" }, [], texts)).toEqual({});
  });
  it("says what is wrong with what is there", () => {
    expect(problemsOf({ name: "Ada", email: "ada@", phone: "call me" }, [], texts)).toEqual({
      email: texts.wrongEmail,
      phone: texts.wrongPhone,
    });
  });
});

describe("the Markdown renderer", () => {
  it.each([
    "**bold**",
    "see https://shop.example",
    "- one\n- two",
    "1. one",
    "# Title",
    "mail ada@example.com",
    "`code`",
  ])("is loaded for %j", (text) => expect(markdownSyntax.test(text)).toBe(true));
  it.each(["Hello!", "It is 5 - 3, isn't it? (Yes.)", "Zwei Zeilen\nohne Zeichen", "1.50 €"])(
    "is not loaded for %j",
    (text) => expect(markdownSyntax.test(text)).toBe(false),
  );
});

describe("the emoji", () => {
  it("are each there once", () => {
    const all = emojiGroups.flatMap(({ emoji }) => emoji);
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(100);
  });
});

function aTalk(status: Status = "open") {
  const sent: unknown[] = [];
  let receive: (frame: ServerFrame) => void = () => undefined;
  const channel = {
    status: "live" as "live" | "offline",
    send: (action: unknown) => sent.push(action) > 0,
    onFrame(listener: typeof receive) {
      receive = listener;
      return () => undefined;
    },
    onStatus: () => () => undefined,
    attach: () => () => undefined,
  };
  const model = new ConversationModel({ party: "visitor", conversationId, now: () => 0, createId: () => "client-1" });
  model.apply(aStateFrame([], { status }));
  const extras = new TalkExtras({
    model,
    channel,
    language,
    fallbackName: "Team",
    requestUpload: undefined,
    readFile: async () => ({ url: "/" }),
    onChange: () => undefined,
  });
  return { sent, channel, model, extras, receive: (frame: unknown) => receive(frame as ServerFrame) };
}

describe("our own writing", () => {
  it("is told to people, once in three seconds", () => {
    const { sent, extras } = aTalk();
    extras.typed("H");
    extras.typed("He");
    expect(sent).toEqual([{ action: "typing" }]);
  });
  it("is not told to the AI, without a connection, or of an emptied field", () => {
    const withBot = aTalk("unrequested");
    withBot.extras.typed("H");
    const offline = aTalk();
    offline.channel.status = "offline";
    offline.extras.typed("H");
    const emptied = aTalk();
    emptied.extras.typed("");
    expect([withBot.sent, offline.sent, emptied.sent]).toEqual([[], [], []]);
  });
});

describe("what a newer server says", () => {
  const frames = [
    { type: "confetti" },
    { type: "confetti", state: null },
    { type: "confetti", conversationId, state: { conversationId } },
    { type: "confetti", state: { conversationId }, entries: "many" },
    { type: "typing", conversationId, by: "robot", until: "later" },
    { type: "row" },
  ];
  it.each(frames)("does not break an older page: %j", (frame) => {
    const { model, channel, receive } = aTalk();
    let toSession: (frame: ServerFrame) => void = () => undefined;
    const onFrame = (listener: typeof toSession) => {
      toSession = listener;
      return () => undefined;
    };
    new ConversationSession(model, { ...channel, onFrame }, () => () => undefined).start();
    expect(() => {
      receive(frame);
      toSession(frame as unknown as ServerFrame);
    }).not.toThrow();
    expect(model.state?.status).toBe("open");
  });
  it("draws no line for a change of status that we have no sentence for", () => {
    const entry = { kind: "status", seq: 1, id: "s", at: 0, author: { role: "agent" }, command: "pause" };
    const props = { entry: entry as never, language: english(talkLanguages), children: null };
    expect(StatusLine(props)).toBeNull();
  });
});
