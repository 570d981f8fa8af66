import type { Entry } from "../../lambdas/contracts/protocol.ts";
import type { ChatbotSettings } from "../../lambdas/contracts/settings.ts";
import { customerFacts } from "../../lambdas/notification/customer-facts.ts";
import { recentHistory } from "../../lambdas/notification/history.ts";
import { escalationMail } from "../../lambdas/notification/mail/escalation-mail.ts";
import { type mailCatalogues, mailLanguage } from "../../lambdas/notification/mail/language.ts";
import type { MailContent } from "../../lambdas/notification/mail/mail-content.ts";
import { transcriptMail } from "../../lambdas/notification/mail/transcript-mail.ts";
import { unseenByCustomerMail, unseenByTeamMail } from "../../lambdas/notification/mail/unseen-mail.ts";
import { minutes } from "../store/builders.ts";

export const mailKinds = ["escalation", "unseenByCustomer", "unseenByTeam", "transcript"] as const;

/** What a mail is made of that somebody outside has a say in. */
export interface Words {
  readonly customer: string;
  readonly question: string;
  readonly answer: string;
  readonly brand: string;
  readonly page: string;
}

export const friendly: Words = {
  customer: "Ada Lovelace",
  question: "Where is my parcel? I ordered on Monday.\nThe number is 4711-0815.",
  answer: "Hello Ada, it left Leipzig this morning and should be with you tomorrow.",
  brand: "Fernweh Outdoor",
  page: "https://shop.example/account/orders/4711-0815?utm_source=newsletter&utm_campaign=autumn",
};

const line = (seq: number, role: "visitor" | "agent" | "bot", text: string, name?: string): Entry => ({
  kind: "message",
  seq,
  id: `message-${seq}`,
  at: minutes(seq),
  author: name === undefined ? { role } : { role, name },
  text,
});

/** A mail of a kind as a reader of this language gets it. */
export function aMail(
  kind: (typeof mailKinds)[number],
  locale: keyof typeof mailCatalogues,
  words: Words = friendly,
  look: Partial<Pick<ChatbotSettings["brand"], "color" | "logoUrl">> = {},
): MailContent {
  const language = mailLanguage([locale], "Europe/Berlin");
  const brand = { name: words.brand, color: "#0b6e4f", logoUrl: "", ...look };
  const isCustomer = kind === "unseenByCustomer" || kind === "transcript";
  const entries: Entry[] = [
    line(1, "visitor", words.question),
    line(2, "bot", "I am sorry, I don't know that."),
    {
      kind: "status",
      seq: 3,
      id: "status-3",
      at: minutes(3),
      author: { role: "visitor" },
      status: "unassigned",
      command: "escalate",
      reference: "7KQ4-M2TX",
      text: "Thanks! Somebody will be with you soon.",
    },
    line(4, "agent", words.answer, "Mia"),
  ];
  const reader = { brand: brand.name, customer: words.customer, isCustomer, language };
  const history = recentHistory(kind === "unseenByCustomer" ? entries.slice(3) : entries, false, reader);
  const portalUrl = `https://chat.example/portal/${isCustomer ? "customer" : "agent"}#${"eyJhbGciOiJIUzI1NiJ9.".repeat(12)}`;
  const stopUrl = "https://chat.example/portal/mail#token";
  const common = { brand, language, reference: "7KQ4-M2TX", history, portalUrl };
  switch (kind) {
    case "escalation": {
      const facts = customerFacts(
        {
          lead: { name: words.customer, email: "ada@example.com", phone: "+49 30 1234567", notes: words.question },
          facts: { country: "DE", ip: "203.0.113.7", page: words.page, locale: "de-DE", timeZone: "Europe/Berlin" },
          startedAt: minutes(0),
          escalatedAt: minutes(3),
        },
        language,
      );
      return escalationMail({ ...common, customer: words.customer, now: { status: "unassigned" }, facts });
    }
    case "unseenByCustomer":
      return unseenByCustomerMail({ ...common, count: 1, stopUrl });
    case "unseenByTeam":
      return unseenByTeamMail({ ...common, count: 3, customer: words.customer });
    case "transcript":
      return transcriptMail({ ...common, withoutCustomer: false, at: minutes(5), stopUrl });
  }
}
