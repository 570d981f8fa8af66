import { randomUUID } from "node:crypto";
import PostalMime from "postal-mime";
import { keptFile } from "../kept-file.ts";
import type { CloudContext } from "../service.ts";

/** A mail that SES took. */
export interface Mail {
  /** The SES message id. */
  readonly id: string;
  /** Local time, milliseconds since the epoch. */
  readonly at: number;
  /** The envelope's sender and recipients: blind copies are among them. */
  readonly from: string;
  readonly to: readonly string[];
  /** As it would have gone out, with the headers that SES sets. */
  readonly raw: string;
  readonly configurationSet: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** A mail as its reader sees it. */
export interface ReadableMail extends Mail {
  readonly subject: string;
  readonly html: string | undefined;
  readonly text: string | undefined;
  readonly headers: ReadonlyArray<{ readonly name: string; readonly value: string }>;
  readonly attachments: ReadonlyArray<{ readonly filename: string; readonly mimeType: string; readonly bytes: number }>;
}

/** Every mail of the local cloud, kept in the directory. */
export class Mailbox {
  readonly #kept;
  #mails: Mail[];

  constructor(context: CloudContext) {
    this.#kept = keptFile(context.directory, "mail.json", () => this.#mails);
    this.#mails = (this.#kept.read() ?? []) as Mail[];
  }

  /** Oldest first. */
  list(): readonly Mail[] {
    return this.#mails;
  }

  keep(mail: Mail): void {
    this.#mails.push(mail);
    this.#kept.changed();
  }

  clear(): void {
    this.#mails = [];
    this.#kept.changed();
  }

  async read(id: string): Promise<ReadableMail | undefined> {
    const mail = this.#mails.find((one) => one.id === id);
    return mail && parseMail(mail);
  }

  readAll(): Promise<readonly ReadableMail[]> {
    return Promise.all(this.#mails.map(parseMail));
  }

  close(): void {
    this.#kept.close();
  }
}

async function parseMail(mail: Mail): Promise<ReadableMail> {
  const parsed = await PostalMime.parse(Buffer.from(mail.raw, "latin1"));
  return {
    ...mail,
    subject: parsed.subject ?? "",
    html: parsed.html,
    text: parsed.text,
    headers: parsed.headers.map(({ key, value }) => ({ name: key, value })),
    attachments: parsed.attachments.map(({ filename, mimeType, content }) => ({
      filename: filename ?? "unnamed",
      mimeType,
      bytes: typeof content === "string" ? content.length : content.byteLength,
    })),
  };
}

/** `0102…-000000`, as SES numbers messages in the European regions. */
export function sesMessageId(at: number): string {
  return `0102${at.toString(16).padStart(12, "0")}-${randomUUID()}-000000`;
}
