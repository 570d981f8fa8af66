import type { ConversationHead } from "../../domain/conversation.ts";
import type { Fact } from "../customer-facts.ts";
import type { History } from "../history.ts";
import type { MailLanguage } from "./language.ts";
import type { MailContent } from "./mail-content.ts";
import { type MailBrand, mailOf } from "./mail-page.ts";
import { whereItStands } from "./where-it-stands.ts";

export interface Escalation {
  readonly brand: MailBrand;
  readonly language: MailLanguage;
  readonly customer: string;
  readonly reference: string;
  /** The conversation as it is when the mail is written: a queue may have held it up. */
  readonly now: Pick<ConversationHead, "status" | "assignee">;
  readonly history: History;
  readonly facts: readonly Fact[];
  readonly portalUrl: string;
}

/** To the team: somebody asks for a person (product.md A8). History, metadata and the link to the agent portal. */
export function escalationMail(escalation: Escalation): MailContent {
  const { brand, language, customer, history, now } = escalation;
  const lead = `${whereItStands(now, language)} ${language.say("replyFromLink")}`;
  return mailOf({
    ...escalation,
    title: language.say("asksForPerson", { customer }),
    preheader: history.lines.findLast(({ side }) => side === "customer")?.text ?? lead,
    lead,
    button: language.say("answerCustomer"),
    heading: language.say("conversation"),
    footer: language.say("teamFooter", { brand: brand.name }),
  });
}
