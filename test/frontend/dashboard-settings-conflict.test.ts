import { describe, expect, it } from "vitest";
import { changedPaths, conflictOf, mergedSettings } from "../../frontend/dashboard/settings/settings-conflict.ts";
import { isSectionId, sectionOfPath } from "../../frontend/dashboard/settings/settings-sections.ts";
import { ChatbotSettings } from "../../lambdas/contracts/settings.ts";

const base = ChatbotSettings.parse({ brand: { name: "Nordlicht", suggestedQuestions: ["One?"] } });
const brand = (change: Partial<ChatbotSettings["brand"]>): ChatbotSettings => ({
  ...base,
  brand: { ...base.brand, ...change },
});

describe("two owners who change the settings at once", () => {
  it("have to choose only where both changed the same, and not to the same", () => {
    const mine = brand({ name: "Mine", color: "#111111", greeting: "Both" });
    const theirs = brand({ name: "Theirs", position: "left", greeting: "Both" });
    expect(conflictOf(base, mine, theirs)).toEqual({
      toChoose: [{ path: "brand.name", mine: "Mine", theirs: "Theirs" }],
      onlyTheirs: [{ path: "brand.position", mine: "right", theirs: "left" }],
    });
  });

  it("both keep their own changes, and what is chosen goes to whom it was given", () => {
    const mine = brand({ name: "Mine", color: "#111111" });
    const theirs = brand({ name: "Theirs", position: "left" });
    const keepTheirs = mergedSettings(base, mine, theirs, new Set());
    expect(keepTheirs.brand).toEqual({ ...base.brand, name: "Theirs", color: "#111111", position: "left" });
    expect(mergedSettings(base, mine, theirs, new Set(["brand.name"])).brand.name).toBe("Mine");
    expect(theirs.brand).toMatchObject({ name: "Theirs", color: base.brand.color });
  });

  it("choose between whole lists, and between whole responders", () => {
    const mine = {
      ...brand({ suggestedQuestions: ["One?", "Two?"] }),
      responder: { kind: "bedrock", modelId: "m" } as const,
    };
    const theirs = {
      ...brand({ suggestedQuestions: [] }),
      responder: { kind: "webhook", url: "https://bot.example" } as const,
    };
    const paths = conflictOf(base, mine, theirs).toChoose.map(({ path }) => path);
    expect(paths).toEqual(["brand.suggestedQuestions", "responder"]);
    const merged = mergedSettings(base, mine, theirs, new Set(["responder"]));
    expect([merged.responder, merged.brand.suggestedQuestions]).toEqual([{ kind: "bedrock", modelId: "m" }, []]);
    expect(ChatbotSettings.parse(merged)).toEqual(merged);
  });

  it("see each change under a page of the settings", () => {
    const mine = { ...base, liveChat: { ...base.liveChat, handBack: { enabled: true } }, retention: { days: 30 } };
    const paths = changedPaths(base, mine);
    expect(paths).toEqual(["liveChat.handBack.enabled", "retention.days"]);
    expect(paths.map(sectionOfPath)).toEqual(["live-chat", "data"]);
    expect(sectionOfPath("liveChat.businessHours.week.0.from")).toBe("hours");
    expect(sectionOfPath("brand.host")).toBe("domain");
    expect(isSectionId("nothing")).toBe(false);
  });
});
