import type { History } from "../history.ts";
import type { MailLanguage } from "./language.ts";
import type { MailContent } from "./mail-content.ts";
import { type MailBrand, mailOf } from "./mail-page.ts";

export interface Unseen {
  readonly brand: MailBrand;
  readonly language: MailLanguage;
  readonly reference: string | undefined;
  /** What waits to be read, oldest first. */
  readonly history: History;
  readonly count: number;
  readonly portalUrl: string;
}

/**
 * To the customer: the team has answered (product.md A10). It holds the team's words only. The address was typed by a
 * visitor and nobody has proved it: nothing that a visitor wrote, not even a name, may be mailed to it (relay abuse).
 */
export function unseenByCustomerMail(unseen: Unseen & { readonly stopUrl: string }): MailContent {
  const { language } = unseen;
  const brand = unseen.brand.name;
  return mailOf({
    ...unseen,
    title: language.say("hasAnswered", { brand }),
    preheader: newest(unseen),
    lead: language.count("unreadForYou", unseen.count, { brand }),
    button: language.say("continueConversation"),
    heading: language.count("newMessages", unseen.count),
    footer: language.say("customerFooter", { brand }),
  });
}

/** To the team: the customer has written on and no agent was there (product.md A11). */
export function unseenByTeamMail(unseen: Unseen & { readonly customer: string }): MailContent {
  const { language, customer } = unseen;
  return mailOf({
    ...unseen,
    title: language.say("wroteAgain", { customer }),
    preheader: newest(unseen),
    lead: `${language.count("nobodyLooking", unseen.count)} ${language.say("replyFromLink")}`,
    button: language.say("answerCustomer"),
    heading: language.count("newMessages", unseen.count),
    footer: language.say("teamFooter", { brand: unseen.brand.name }),
  });
}

const newest = ({ history }: Unseen): string => history.lines.at(-1)?.text ?? "";
