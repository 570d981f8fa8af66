import { createHmac } from "node:crypto";
import * as z from "zod";
import type { Post } from "./https-client.ts";
import { ForbiddenAddress } from "./public-address.ts";
import type { Responder } from "./responder.ts";

/** Limit of one request, milliseconds. */
const timeoutMs = 10_000;
const attempts = 2;

const Reply = z.object({ text: z.string().trim().min(1).max(4_000), offersHuman: z.boolean().optional() });

export interface WebhookSettings {
  readonly url: string;
  readonly secret: string;
  readonly post: Post;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * The owner's own bot. The request is signed: `x-livechat-signature` is the hex HMAC-SHA256, with the chatbot's webhook
 * secret, of `<x-livechat-timestamp>.<body>`; a receiver refuses timestamps (seconds) that are minutes old. The reply is
 * `{"text": "…", "offersHuman": true}`. A failed request, a 5xx or a 429 is tried once more.
 */
export function createWebhookResponder({ url, secret, post, now }: WebhookSettings): Responder {
  async function ask(body: string, signal: AbortSignal): Promise<z.output<typeof Reply>> {
    for (let attempt = 1; ; attempt++) {
      signal.throwIfAborted();
      const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
      const reply = await post(url, body, signatureOf(body, secret, now()), limit).catch((error: unknown) => {
        if (attempt === attempts || error instanceof ForbiddenAddress) throw error;
        return undefined;
      });
      if (reply !== undefined && reply.status >= 200 && reply.status < 300) return Reply.parse(JSON.parse(reply.body));
      const worthTrying = reply === undefined || reply.status >= 500 || reply.status === 429;
      if (!worthTrying || attempt === attempts) throw new Error(`The webhook answered ${reply?.status ?? "nothing"}.`);
    }
  }

  return {
    async *answer(question, { chatbotId, conversationId, locale, history, signal }) {
      const body = JSON.stringify({ version: 1, chatbotId, conversationId, locale, question, history });
      const { text, offersHuman } = await ask(body, signal);
      yield { text };
      if (offersHuman === true) yield { offersHuman };
    },
  };
}

export function signatureOf(body: string, secret: string, at: number): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000));
  return {
    "x-livechat-timestamp": timestamp,
    "x-livechat-signature": createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex"),
  };
}
