import { describe, expect, it } from "vitest";
import { inboxHref, routeOf, settingsHref } from "../../frontend/dashboard/routes.ts";

const at = (path: string) => routeOf(new URL(path, "https://chat.example"));

describe("the dashboard's routes", () => {
  it("begin with the list of chatbots", () => {
    expect(at("/")).toEqual({ page: "home" });
  });

  it("lead to the inbox, with the conversation and the filter of the address", () => {
    const route = at("/chatbot/demo/dashboard/live-chats/c0nversation?filter=ended");
    expect(route).toMatchObject({ page: "inbox", chatbotId: "demo", conversationId: "c0nversation" });
    expect(route.page === "inbox" && route.query.get("filter")).toBe("ended");
  });

  it("lead to the inbox from a chatbot's bare address", () => {
    expect(at("/chatbot/demo")).toMatchObject({ page: "inbox", chatbotId: "demo" });
    expect(at("/chatbot/demo/dashboard/")).toMatchObject({ page: "inbox", chatbotId: "demo" });
  });

  it("lead to the settings and to the end of a login", () => {
    expect(at("/chatbot/demo/settings/hours")).toEqual({ page: "settings", chatbotId: "demo", section: "hours" });
    expect(at("/chatbot/demo/settings")).toEqual({ page: "settings", chatbotId: "demo", section: "live-chat" });
    expect(at("/login/callback?code=1")).toEqual({ page: "loginCallback" });
  });

  it.each(["/chatbot", "/chatbot/demo/settings/nothing", "/chatbot/a/b/c/d/e", "/somewhere"])(
    "do not know %s",
    (path) => {
      expect(at(path)).toEqual({ page: "notFound" });
    },
  );

  it("read back what they write, also with unusual characters", () => {
    const href = inboxHref("dé/mo", "a b", new URLSearchParams({ filter: "all" }));
    expect(at(href)).toMatchObject({ page: "inbox", chatbotId: "dé/mo", conversationId: "a b" });
    expect(at(settingsHref("dé/mo", "plan"))).toEqual({ page: "settings", chatbotId: "dé/mo", section: "plan" });
  });

  it("survive a stray percent sign", () => {
    expect(at("/chatbot/100%/settings/live-chat")).toMatchObject({ page: "settings", chatbotId: "100%" });
  });
});
