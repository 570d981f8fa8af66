import type { History } from "../history.ts";
import type { MailLanguage } from "./language.ts";
import type { MailContent } from "./mail-content.ts";
import { type MailBrand, mailOf } from "./mail-page.ts";

export interface TranscriptMail {
  readonly brand: MailBrand;
  readonly language: MailLanguage;
  readonly reference: string | undefined;
  readonly history: History;
  /** The customer's own messages are not in the history. */
  readonly withoutCustomer: boolean;
  /** When it was asked for, milliseconds since the epoch. */
  readonly at: number;
  readonly portalUrl: string;
  readonly stopUrl: string;
}

/** To the customer, who asked for it: the conversation, and the link to go on with it. */
export function transcriptMail(transcript: TranscriptMail): MailContent {
  const { language, withoutCustomer, at } = transcript;
  const brand = transcript.brand.name;
  const lead = language.say("transcriptLead", { moment: language.moment(at) });
  return mailOf({
    ...transcript,
    title: language.say("transcriptTitle", { brand }),
    preheader: transcript.history.lines.findLast(({ side }) => side === "team")?.text ?? lead,
    lead,
    button: language.say("continueConversation"),
    heading: language.say("conversation"),
    ...(withoutCustomer ? { remark: language.say("ownWordsLeftOut") } : {}),
    footer: language.say("transcriptFooter", { brand }),
  });
}
