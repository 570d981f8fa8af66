import { type SESClient, SendRawEmailCommand } from "@aws-sdk/client-ses";
import MailComposer from "nodemailer/lib/mail-composer";

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
  /** SES message tags: they come back in the sending events, and so settle a send whose reply was lost. */
  readonly tags: Readonly<Record<string, string>>;
}

export type MailOutcome =
  | { readonly kind: "sent"; readonly messageId: string }
  /** SES said no for good; trying again can't help. */
  | { readonly kind: "refused"; readonly detail: string }
  /** Certainly not sent; a later try may succeed. */
  | { readonly kind: "unavailable"; readonly detail: string }
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
            Tags: Object.entries(mail.tags).map(([Name, Value]) => ({ Name, Value: tagValue(Value) })),
          }),
        );
        return { kind: "sent", messageId: MessageId ?? "" };
      } catch (error) {
        return outcomeOfError(error);
      }
    },
  };
}

/** SES allows letters, digits, `_` and `-` in a tag ("MessageTag", API reference). */
const tagValue = (value: string): string => value.replace(/[^A-Za-z0-9_-]/gu, "_").slice(0, 256);

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
    },
    textEncoding: "quoted-printable",
    // Attachments and bodies by path or URL would read files of the function; nothing of ours needs them.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return await composer.compile().build();
}

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

/** Errors before a connection stood: the request can't have left. */
const neverConnected = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "CredentialsProviderError",
]);

function outcomeOfError(error: unknown): MailOutcome {
  const { name, code, status } = describe(error);
  // Names and codes only: a message of SES quotes the address.
  const said = status === undefined ? (code ?? name) : `SES ${status} ${name}`;
  if (status === undefined) {
    return neverConnected.has(code ?? "") || neverConnected.has(name)
      ? { kind: "unavailable", detail: said }
      : { kind: "unknown", detail: said };
  }
  // 403 is a missing grant or an expired credential: the queue's alarm tells the operator, and the mail is kept.
  if (status >= 500 || status === 429 || status === 403 || /throttl|LimitExceeded/iu.test(name)) {
    return { kind: "unavailable", detail: said };
  }
  return { kind: "refused", detail: `${said}: ${adviceFor(name)}` };
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

function describe(error: unknown): { name: string; code: string | undefined; status: number | undefined } {
  if (typeof error !== "object" || error === null) return { name: "unknown", code: undefined, status: undefined };
  const name = "name" in error && typeof error.name === "string" ? error.name : "unknown";
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  const metadata = "$metadata" in error ? error.$metadata : undefined;
  const status =
    typeof metadata === "object" && metadata !== null && "httpStatusCode" in metadata
      ? Number(metadata.httpStatusCode) || undefined
      : undefined;
  return { name, code, status };
}
