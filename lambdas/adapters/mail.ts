import { type SESClient, SendRawEmailCommand } from "@aws-sdk/client-ses";
import MailComposer from "nodemailer/lib/mail-composer";
import { awsFailure } from "./aws-failure.ts";
import { type NotificationRef, tagsOf } from "./mail-tags.ts";

/** A mail as the notifiers write it. */
export interface OutgoingMail {
  /** One address. Each recipient gets a mail, a portal link and a ledger line of their own. */
  readonly to: string;
  /** Shown as the sender: `Northwind Live Chat`. */
  readonly fromName: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The conversation: mails of one conversation are one thread in the recipient's program. */
  readonly thread: string;
  /**
   * The line of the ledger. It goes along as SES message tags, which come back in the sending events: they say what became
   * of the mail, and settle a send whose reply was lost.
   */
  readonly notification: NotificationRef;
  /** Where mail programs POST to when their reader wants no more mails like this one (RFC 8058). */
  readonly unsubscribeUrl?: string;
}

/** `said`: SES in its own words, for the owner who asked for a test; never for a log or the ledger. */
export type MailOutcome =
  | { readonly kind: "sent"; readonly messageId: string }
  /** SES said no for good; trying again can't help. */
  | { readonly kind: "refused"; readonly detail: string; readonly said?: string }
  /** Certainly not sent; a later try may succeed. */
  | { readonly kind: "unavailable"; readonly detail: string; readonly said?: string }
  /** The connection broke after the request had left. Never send again: SES has no idempotency key. */
  | { readonly kind: "unknown"; readonly detail: string };

export interface MailSender {
  send(mail: OutgoingMail): Promise<MailOutcome>;
}

export interface SesSettings {
  /** Must be made with `maxAttempts: 1`: the SDK's own retries would send a mail twice whose reply was lost. */
  readonly client: SESClient;
  /** The verified sender. */
  readonly fromAddress: string;
  readonly configurationSet: string;
}

export function createSesSender({ client, fromAddress, configurationSet }: SesSettings): MailSender {
  return {
    async send(mail) {
      const raw = await composeMail(mail, fromAddress);
      try {
        const { MessageId } = await client.send(
          new SendRawEmailCommand({
            Source: fromAddress,
            // Named here, so that nothing in a header can add a recipient.
            Destinations: [mail.to],
            RawMessage: { Data: raw },
            ConfigurationSetName: configurationSet,
            Tags: Object.entries(tagsOf(mail.notification)).map(([Name, Value]) => ({ Name, Value })),
          }),
        );
        return { kind: "sent", messageId: MessageId ?? "" };
      } catch (error) {
        return outcomeOfError(error);
      }
    },
  };
}

/** Builds the MIME message: plain text and HTML, encoded headers, a stable thread. Exported for the tests. */
export async function composeMail(mail: OutgoingMail, fromAddress: string): Promise<Uint8Array> {
  const host = fromAddress.slice(fromAddress.lastIndexOf("@") + 1);
  // SES replaces Message-ID and Date: mails of a conversation hang together by the root that they all refer to.
  const root = `<${mail.thread}@${host}>`;
  const composer = new MailComposer({
    from: { name: headerText(mail.fromName, 80), address: fromAddress },
    to: { name: "", address: mail.to },
    subject: headerText(mail.subject, 200),
    text: mail.text,
    html: mail.html,
    inReplyTo: root,
    references: root,
    headers: {
      // RFC 3834: an out-of-office reply to a notification helps nobody.
      "Auto-Submitted": "auto-generated",
      "X-Auto-Response-Suppress": "All",
      ...(mail.unsubscribeUrl === undefined ? {} : oneClick(mail.unsubscribeUrl)),
    },
    textEncoding: "quoted-printable",
    // Attachments and bodies by path or URL would read files of the function; nothing of ours needs them.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return await composer.compile().build();
}

/** SES signs both with DKIM, without which mail programs do not show the button (RFC 8058, 4). */
const oneClick = (url: string) => ({
  "List-Unsubscribe": `<${url}>`,
  "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
});

/**
 * One line that means what it looks like: no control characters (header injection) and no bidirectional overrides
 * (which would make `gnp.exe` read as `exe.png`).
 */
export function headerText(text: string, maxCharacters: number): string {
  const line = text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]+/gu, " ")
    .replace(/\s+/gu, " ")
    .trim();
  const characters = Array.from(line);
  return characters.length <= maxCharacters ? line : `${characters.slice(0, maxCharacters - 1).join("")}…`;
}

function outcomeOfError(error: unknown): MailOutcome {
  const { name, code, status, message: said, neverLeft, mayPass } = awsFailure(error);
  // Names and codes only: a message of SES quotes the address.
  if (status === undefined) return { kind: neverLeft ? "unavailable" : "unknown", detail: code ?? name };
  const detail = `SES ${status} ${name}`;
  if (mayPass) return { kind: "unavailable", detail, said };
  return { kind: "refused", detail: `${detail}: ${adviceFor(name)}`, said };
}

function adviceFor(name: string): string {
  switch (name) {
    case "MessageRejected":
      return "the address may be unverified (SES sandbox) or on the suppression list.";
    case "MailFromDomainNotVerifiedException":
      return "verify the sender's MAIL FROM domain in SES.";
    case "ConfigurationSetDoesNotExistException":
      return "deploy the stack again: its configuration set is missing.";
    case "AccountSendingPausedException":
    case "ConfigurationSetSendingPausedException":
      return "sending is paused in SES; look at the bounce and complaint rates.";
    default:
      return "SES does not accept this mail.";
  }
}
