import type { DashboardMessages, DashboardText } from "../text.ts";

/** What a setting is called on its page, by its path; those without a name of their own go by that of their section. */
const names: Readonly<Record<string, keyof DashboardMessages>> = {
  "brand.name": "brandName",
  "brand.color": "brandColor",
  "brand.logoUrl": "brandLogo",
  "brand.greeting": "brandGreeting",
  "brand.suggestedQuestions": "suggestedQuestions",
  "brand.position": "brandPosition",
  "brand.locale": "brandLocale",
  "brand.host": "brandHost",
  responder: "responderTitle",
  "liveChat.enabled": "liveChatSwitch",
  "liveChat.buttonTrigger.enabled": "buttonSwitch",
  "liveChat.buttonTrigger.text": "buttonText",
  "liveChat.buttonTrigger.lazy": "lazySwitch",
  "liveChat.buttonTrigger.fromAnswer": "fromAnswer",
  "liveChat.waitingMessage": "waitingTitle",
  "liveChat.email.enabled": "emailSwitch",
  "liveChat.email.addresses": "emailAddresses",
  "liveChat.zendesk.enabled": "zendeskSwitch",
  "liveChat.zendesk.subdomain": "zendeskSubdomain",
  "liveChat.zendesk.user": "zendeskUser",
  "liveChat.sms.enabled": "smsSwitch",
  "liveChat.push.enabled": "pushSwitch",
  "liveChat.businessHours.enabled": "hoursSwitch",
  "liveChat.businessHours.timeZone": "timeZone",
  "liveChat.businessHours.week": "weekTitle",
  "liveChat.businessHours.closedOn": "closedDays",
  "liveChat.businessHours.awayMessage": "awayMessage",
  "liveChat.leadForm.ask": "leadFormAsk",
  "liveChat.leadForm.required": "leadFormRequired",
  "liveChat.rating.enabled": "option_rating",
  "liveChat.attachments.enabled": "option_attachments",
  "liveChat.handBack.enabled": "option_handBack",
  "retention.days": "retentionDays",
};

export function settingName({ t }: Pick<DashboardText, "t">, path: string): string {
  const key = names[path];
  return key === undefined ? path : t(key);
}

/** A value as somebody would read it aloud. */
export function settingValue(text: Pick<DashboardText, "t" | "locale">, value: unknown): string {
  const { t } = text;
  if (typeof value === "boolean") return t(value ? "valueOn" : "valueOff");
  if (value === "" || value === undefined || (Array.isArray(value) && value.length === 0)) return t("valueNone");
  if (Array.isArray(value)) return value.map((each) => itemValue(text, each)).join(" · ");
  if (typeof value === "object" && value !== null) return Object.values(value).join(" · ");
  return String(value);
}

function itemValue({ locale }: Pick<DashboardText, "locale">, item: unknown): string {
  if (!isSpan(item)) return String(item);
  return `${weekdayName(locale, item.day, "short")} ${item.from}–${item.to}`;
}

function isSpan(item: unknown): item is { readonly day: number; readonly from: string; readonly to: string } {
  return typeof item === "object" && item !== null && "day" in item && "from" in item && "to" in item;
}

/** @param day Monday is 1, Sunday 7 */
export function weekdayName(locale: string, day: number, width: "long" | "short" = "long"): string {
  // The first of January 2024 was a Monday.
  return new Intl.DateTimeFormat(locale, { weekday: width, timeZone: "UTC" }).format(Date.UTC(2024, 0, day));
}
