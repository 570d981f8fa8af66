import { describe, expect, it } from "vitest";
import { quotaOf } from "../../frontend/dashboard/settings/quota.ts";
import {
  changeOf,
  countUnder,
  draftOf,
  errorsOf,
  isChanged,
  problemsOf,
  type SettingsDraft,
} from "../../frontend/dashboard/settings/settings-form.ts";
import { ChatbotSettings, SettingsChange, type SettingsView } from "../../lambdas/contracts/settings.ts";

const aView = (view: Partial<SettingsView> = {}): SettingsView => ({
  chatbotId: "demo",
  version: 3,
  settings: ChatbotSettings.parse({ brand: { name: "Nordlicht" } }),
  secretsSet: { zendeskToken: false, webhookSecret: false, identitySecret: false },
  plan: { name: "standard", liveChatAddOn: false },
  entitlements: { liveChat: true, mailsPerMonth: 1_000 },
  mailsUsed: 12,
  ...view,
});
const withLiveChat = (view: SettingsView, liveChat: Partial<ChatbotSettings["liveChat"]>): SettingsDraft => ({
  settings: { ...view.settings, liveChat: { ...view.settings.liveChat, ...liveChat } },
  secrets: {},
});

describe("the settings form", () => {
  it("is unchanged as it was read, and again when a change is taken back", () => {
    const view = aView();
    expect(isChanged(view, draftOf(view))).toBe(false);
    expect(isChanged(view, withLiveChat(view, { enabled: true }))).toBe(true);
    expect(isChanged(view, withLiveChat(view, { enabled: false }))).toBe(false);
  });

  it("counts a secret as a change, also its removal", () => {
    const view = aView();
    expect(isChanged(view, { ...draftOf(view), secrets: { zendeskToken: "" } })).toBe(true);
  });

  it("writes on the version that was read, in the shape of the contract", () => {
    const view = aView();
    const change = changeOf(view, { ...withLiveChat(view, { enabled: true }), secrets: { zendeskToken: "t0ken" } });
    expect(SettingsChange.parse(change)).toMatchObject({ version: 3, secrets: { zendeskToken: "t0ken" } });
  });

  it("finds the same problems as the API, at the same paths", () => {
    const view = aView();
    const draft = withLiveChat(view, {
      email: { enabled: true, addresses: ["ada@example.com", "nobody"] },
      waitingMessage: " ",
    });
    expect([...problemsOf(view, draft).keys()].sort()).toEqual([
      "liveChat.email.addresses.1",
      "liveChat.waitingMessage",
    ]);
    expect(
      problemsOf(view, withLiveChat(view, { email: { enabled: true, addresses: [] } })).has("liveChat.email.addresses"),
    ).toBe(true);
  });

  it("asks for the Zendesk token unless one is set or given", () => {
    const view = aView();
    const draft = withLiveChat(view, { zendesk: { enabled: true, subdomain: "nordlicht", user: "ada@example.com" } });
    expect(problemsOf(view, draft).has("secrets.zendeskToken")).toBe(true);
    expect(problemsOf(view, { ...draft, secrets: { zendeskToken: "t" } }).size).toBe(0);
    const stored = aView({ secretsSet: { zendeskToken: true, webhookSecret: false, identitySecret: false } });
    expect(problemsOf(stored, draft).size).toBe(0);
    expect(problemsOf(stored, { ...draft, secrets: { zendeskToken: "" } }).has("secrets.zendeskToken")).toBe(true);
  });

  it("asks for the webhook's secret", () => {
    const view = aView();
    const draft = draftOf({
      ...view,
      settings: { ...view.settings, responder: { kind: "webhook", url: "https://bot.example" } },
    });
    expect([...problemsOf(view, draft).keys()]).toEqual(["secrets.webhookSecret"]);
  });

  it("puts the API's errors to its fields", () => {
    const errors = errorsOf([
      { path: "settings.liveChat.email.addresses.0", message: "no" },
      { path: "liveChat.enabled", message: "plan" },
    ]);
    expect([...errors.keys()]).toEqual(["liveChat.email.addresses.0", "liveChat.enabled"]);
    expect(countUnder(errors, "liveChat.email")).toBe(1);
  });
});

describe("the mail quota", () => {
  it.each([
    [12, 1_000, "fine"],
    [900, 1_000, "low"],
    [1_000, 1_000, "exhausted"],
    [0, 0, "exhausted"],
  ])("with %i of %i mails used is %s", (mailsUsed, mailsPerMonth, state) => {
    expect(quotaOf({ mailsUsed, entitlements: { liveChat: true, mailsPerMonth } }).state).toBe(state);
  });
});
