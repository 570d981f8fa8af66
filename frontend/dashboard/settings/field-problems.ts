import type { DashboardText } from "../text.ts";

/** What to write in a field, in the viewer's language. A path without a line here shows the contract's own words. */
const problems = {
  "liveChat.buttonTrigger.text": "problemButtonText",
  "liveChat.buttonTrigger.fromAnswer": "problemFromAnswer",
  "liveChat.waitingMessage": "problemWaitingMessage",
  "liveChat.email.addresses": "problemNoAddress",
  "liveChat.email.addresses.*": "problemEmail",
  "liveChat.zendesk.subdomain": "problemSubdomain",
  "liveChat.zendesk.user": "problemEmail",
  "secrets.zendeskToken": "problemZendeskToken",
  "secrets.webhookSecret": "problemWebhookSecret",
  "liveChat.businessHours.week.*.from": "problemTime",
  "liveChat.businessHours.week.*.to": "problemTime",
  "liveChat.businessHours.awayMessage": "problemAwayMessage",
  "retention.days": "problemRetention",
  "responder.modelId": "problemModel",
  "responder.url": "problemHttps",
  "brand.name": "problemBrandName",
  "brand.color": "problemColor",
  "brand.logoUrl": "problemHttps",
  "brand.suggestedQuestions.*": "problemQuestion",
  "brand.locale": "problemLocale",
  "brand.host": "problemHost",
} as const;

export function problemText(t: DashboardText["t"], path: string, fallback: string): string {
  const pattern = path.replace(/\.\d+(?=\.|$)/g, ".*");
  const key = Object.entries(problems).find(([known]) => known === pattern)?.[1];
  return key === undefined ? fallback : t(key);
}
