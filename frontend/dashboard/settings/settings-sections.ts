/**
 * The pages of the settings, by the last part of their address, in the order of the navigation. `for` says who sees
 * them: owners see all.
 */
export const settingsSections = [
  { id: "live-chat", title: "liveChatTitle", group: "groupConversations", for: "owner" },
  { id: "hours", title: "hoursTitle", group: "groupConversations", for: "owner" },
  { id: "replies", title: "repliesTitle", group: "groupConversations", for: "agent" },
  { id: "ai-answers", title: "responderTitle", group: "groupAi", for: "owner" },
  { id: "knowledge", title: "knowledgeTitle", group: "groupAi", for: "owner" },
  { id: "branding", title: "brandTitle", group: "groupSite", for: "owner" },
  { id: "install", title: "installTitle", group: "groupSite", for: "owner" },
  { id: "domain", title: "domainTitle", group: "groupSite", for: "owner" },
  { id: "identity", title: "identityTitle", group: "groupSite", for: "owner" },
  { id: "my-notifications", title: "myNotificationsTitle", group: "groupTeam", for: "agent" },
  { id: "members", title: "membersTitle", group: "groupTeam", for: "owner" },
  { id: "plan", title: "planTitle", group: "groupTeam", for: "owner" },
  { id: "data", title: "dataTitle", group: "groupTeam", for: "owner" },
] as const;

export type SettingsSection = (typeof settingsSections)[number];
export type SectionId = SettingsSection["id"];

export function isSectionId(text: string): text is SectionId {
  return settingsSections.some(({ id }) => id === text);
}

/** Where a value stands that a path such as `liveChat.businessHours.week.0.from` names. */
export function sectionOfPath(path: string): SectionId {
  if (path.startsWith("liveChat.businessHours")) return "hours";
  if (path === "brand.host") return "domain";
  if (path.startsWith("brand")) return "branding";
  if (path.startsWith("responder") || path === "secrets.webhookSecret") return "ai-answers";
  if (path === "secrets.identitySecret") return "identity";
  if (path.startsWith("retention")) return "data";
  return "live-chat";
}
