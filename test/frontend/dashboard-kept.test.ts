import { describe, expect, it } from "vitest";
import { defaultQuery } from "../../frontend/dashboard/inbox/list/inbox-query.ts";
import { mostViews, queryOfView, SavedViews } from "../../frontend/dashboard/inbox/list/saved-views.ts";
import { RecentConversations } from "../../frontend/dashboard/inbox/recent-conversations.ts";
import { Drafts, draftLifetimeMs, mostDrafts } from "../../frontend/dashboard/inbox/talk/drafts.ts";

function aStorage(content: Record<string, string> = {}) {
  const kept = new Map(Object.entries(content));
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

function aFullStorage() {
  return {
    getItem: () => null,
    setItem: () => {
      throw new DOMException("full", "QuotaExceededError");
    },
  };
}

describe("saved views", () => {
  const mine = { ...defaultQuery, holder: "me", sort: "waiting" } as const;
  function someViews(storage = aStorage()) {
    let count = 0;
    return new SavedViews("demo", storage, () => `view-${++count}`);
  }

  it("keep what the list shows under a name", () => {
    const views = someViews();
    views.save("  Mine  ", mine);
    const [view] = views.all();
    expect(view?.name).toBe("Mine");
    expect(view && queryOfView(view)).toEqual(mine);
    expect(views.of(mine)).toEqual(view);
  });

  it("are renamed, deleted, and not kept twice", () => {
    const views = someViews();
    views.save("Mine", mine);
    views.save("My own", mine);
    expect(views.all().map(({ name }) => name)).toEqual(["My own"]);
    views.rename("view-1", "Ours");
    expect(views.all()[0]?.name).toBe("Ours");
    views.remove("view-1");
    expect(views.all()).toEqual([]);
  });

  it("are limited, and survive what is broken or full", () => {
    const views = someViews();
    for (let each = 0; each < mostViews; each++) views.save(`${each}`, { ...defaultQuery, search: `word ${each}` });
    expect(views.save("one more", mine)).toBe(false);
    expect(someViews(aStorage({ "dashboard:views:demo": '[{"id":1}, "x", null]' })).all()).toEqual([]);
    expect(someViews(aStorage({ "dashboard:views:demo": "{" })).all()).toEqual([]);
    expect(someViews(aFullStorage()).save("x", mine)).toBe(false);
  });
});

describe("drafts", () => {
  it("are kept for each conversation with what they are for, until they are sent", () => {
    const storage = aStorage();
    const drafts = new Drafts(storage);
    drafts.keep("a", { mode: "note", text: "remember" });
    drafts.keep("b", { mode: "reply", text: "hello" });
    expect(new Drafts(storage).read("a")).toMatchObject({ mode: "note", text: "remember" });
    drafts.keep("a", { mode: "reply", text: "" });
    expect(drafts.read("a")).toEqual({ mode: "reply", text: "" });
    expect(drafts.read("b")).toMatchObject({ text: "hello" });
  });

  it("make room for newer ones and grow old", () => {
    let now = 1;
    const drafts = new Drafts(aStorage(), () => now);
    for (let each = 0; each <= mostDrafts; each++) {
      now++;
      drafts.keep(`conversation-${each}`, { mode: "reply", text: "x" });
    }
    expect(drafts.read("conversation-0").text).toBe("");
    expect(drafts.read("conversation-1").text).toBe("x");
    now += draftLifetimeMs;
    expect(drafts.read(`conversation-${mostDrafts}`).text).toBe("");
  });

  it("are lost rather than in the way when the browser keeps nothing", () => {
    const drafts = new Drafts(aFullStorage());
    drafts.keep("a", { mode: "reply", text: "x" });
    expect(drafts.read("a").text).toBe("");
    expect(new Drafts(aStorage({ "dashboard:drafts": '{"a":{"text":5}}' })).read("a").text).toBe("");
  });
});

describe("recent conversations", () => {
  it("are the last eight, each once, newest first", () => {
    const recent = new RecentConversations("demo", aStorage());
    for (const id of [..."abcdefghija"]) recent.opened(id);
    expect(recent.all().join("")).toBe("ajihgfed");
  });
});
