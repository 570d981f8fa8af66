/** A text for each plural form that the language has ("Unicode CLDR, Language Plural Rules"). */
export type Plural = { readonly [Form in Intl.LDMLPluralRule]?: string } & { readonly other: string };

/** Everything that mails and tickets say of themselves. `{name}` stands for a value. */
export interface MailMessages {
  /** The sender's name. */
  readonly sender: string;
  /** Below which the link stands once more as text. */
  readonly orOpenLink: string;
  readonly reference: string;
  readonly conversation: string;
  readonly customerSection: string;
  readonly newMessages: Plural;
  readonly earlierLeftOut: string;
  readonly file: string;

  readonly asksForPerson: string;
  readonly nobodyAnswered: string;
  readonly answeredBy: string;
  readonly answeredByTeam: string;
  readonly endedMeanwhile: string;
  readonly botAnswersAgain: string;
  readonly replyFromLink: string;
  readonly answerCustomer: string;
  readonly teamFooter: string;

  readonly wroteAgain: string;
  readonly nobodyLooking: Plural;

  readonly hasAnswered: string;
  readonly unreadForYou: Plural;
  readonly continueConversation: string;
  readonly customerFooter: string;
  readonly stopMails: string;

  readonly transcriptTitle: string;
  readonly transcriptLead: string;
  readonly ownWordsLeftOut: string;
  readonly transcriptFooter: string;

  readonly ticketSubject: string;
  readonly ticketLead: string;
  readonly ticketLink: string;

  readonly someCustomer: string;
  readonly supportTeam: string;
  readonly theTeam: string;
  readonly bot: string;
  readonly you: string;
  readonly customerAsked: string;
  readonly customerEnded: string;
  readonly customerReopened: string;
  readonly youAsked: string;
  readonly youEnded: string;
  readonly youReopened: string;
  readonly teamTookOver: string;
  readonly teamEnded: string;
  readonly teamReopened: string;
  readonly teamHandedBack: string;

  readonly factName: string;
  readonly factEmail: string;
  readonly factPhone: string;
  readonly factNotes: string;
  readonly factCountry: string;
  readonly factIp: string;
  readonly factPage: string;
  readonly factReferrer: string;
  readonly factLanguage: string;
  readonly factTimeZone: string;
  readonly factBrowser: string;
  readonly factStarted: string;
  readonly factAsked: string;
}
