/** What a template makes: everything of a mail but its recipient. */
export interface MailContent {
  readonly fromName: string;
  /** Of a mail that begins a thread; `subject-of-thread.ts` has that of the others. */
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}
