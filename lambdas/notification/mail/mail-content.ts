/** What a template makes: everything of a mail but its recipient. */
export interface MailContent {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}
