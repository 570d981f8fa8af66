import { randomUUID } from "node:crypto";
import { keptFile } from "../kept-file.ts";
import type { CloudContext } from "../service.ts";

/** An SMS that SNS took. */
export interface SmsMessage {
  /** The SNS message id. */
  readonly id: string;
  /** Local time, milliseconds since the epoch. */
  readonly at: number;
  /** E.164, e.g. `+491701234567`. */
  readonly to: string;
  readonly text: string;
  /** How many parts it goes out in, each of which is billed. */
  readonly parts: number;
  /** Shown instead of a number where the country allows it. */
  readonly senderId: string | undefined;
  readonly type: string;
}

/** Every SMS of the local cloud, kept in the directory. */
export class SmsLog {
  readonly #kept;
  #messages: SmsMessage[];

  constructor({ directory }: CloudContext) {
    this.#kept = keptFile(directory, "sms.json", () => this.#messages);
    this.#messages = (this.#kept.read() ?? []) as SmsMessage[];
  }

  /** Oldest first. */
  list(): readonly SmsMessage[] {
    return this.#messages;
  }

  keep(message: Omit<SmsMessage, "id" | "parts">): SmsMessage {
    const kept = { id: randomUUID(), ...message, parts: smsParts(message.text) };
    this.#messages.push(kept);
    this.#kept.changed();
    return kept;
  }

  clear(): void {
    this.#messages = [];
    this.#kept.changed();
  }

  close(): void {
    this.#kept.close();
  }
}

const gsmAlphabet = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà^{}\\[~\]|€]*$/;
const takesTwo = /[\^{}\\[~\]|€]/g;

/** "Publishing to a mobile phone": 160 GSM characters or 70 others in one part; in several, 153 and 67 each. */
export function smsParts(text: string): number {
  const gsm = gsmAlphabet.test(text);
  const length = text.length + (gsm ? (text.match(takesTwo)?.length ?? 0) : 0);
  const [alone, each] = gsm ? [160, 153] : [70, 67];
  return length <= alone ? 1 : Math.ceil(length / each);
}
