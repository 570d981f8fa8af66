import webPush from "web-push";

/** Where a notification goes: what the browser gave the page ("PushSubscription", Push API). */
export interface PushTarget {
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
}

export interface PushMessage {
  readonly target: PushTarget;
  /** Encrypted for the browser: the push service sees its length alone. At most 3,000 bytes. */
  readonly payload: string;
  /** A newer message with the same topic replaces one that has not been delivered yet. At most 32 of A–Z a–z 0–9 - _. */
  readonly topic: string;
  /** How long the push service keeps it for a browser that is asleep, seconds. */
  readonly keepSeconds: number;
}

/** `said`: the push service in its own words, for the owner who asked for a test; never for a log or the ledger. */
export type PushOutcome =
  | { readonly kind: "sent" }
  /** The browser has withdrawn its permission, or the address is none that we send to: forget the device. */
  | { readonly kind: "gone"; readonly detail: string }
  /** Not accepted now; a later try may succeed. */
  | { readonly kind: "unavailable"; readonly detail: string; readonly said?: string }
  /** Trying again can't help. */
  | { readonly kind: "refused"; readonly detail: string; readonly said?: string };

export interface PushSender {
  send(message: PushMessage): Promise<PushOutcome>;
}

/** The deployment's key pair (VAPID), base64url. */
export interface PushKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

export interface PushSettings {
  readonly keys: () => Promise<PushKeys>;
  /** `mailto:` address at which a push service finds the operator ("Subject", RFC 8292). */
  readonly contact: string;
  /** @default globalThis.fetch */
  readonly fetch?: typeof fetch;
  /** Limit of one request, milliseconds. @default 5000 */
  readonly timeoutMs?: number;
}

/**
 * The push services of the browsers. An address comes from whoever calls the API: without this list the function would
 * send requests to any host that an agent names.
 */
const pushServices: readonly RegExp[] = [
  /^fcm\.googleapis\.com$/,
  /^([a-z0-9-]+\.)+push\.services\.mozilla\.com$/,
  /^([a-z0-9-]+\.)+notify\.windows\.com$/,
  /^([a-z0-9-]+\.)+push\.apple\.com$/,
];

/** Whether an address is one of a push service of a browser. Judged by the parsed URL, never by the text. */
export function isPushService(endpoint: string): boolean {
  if (!URL.canParse(endpoint)) return false;
  const { protocol, hostname, port, username, password } = new URL(endpoint);
  return (
    protocol === "https:" &&
    port === "" &&
    username === "" &&
    password === "" &&
    pushServices.some((host) => host.test(hostname))
  );
}

/** Whether the keys of a target are what encrypting needs: a point on P-256 and 16 bytes ("Message encryption", RFC 8291). */
export function canEncryptFor({ keys }: PushTarget): boolean {
  try {
    webPush.encrypt(keys.p256dh, keys.auth, "x", "aes128gcm");
    return true;
  } catch {
    return false;
  }
}

/** Characters of a push service's answer that are shown to the owner who asked for a test. */
const longestAnswer = 200;

/**
 * Web Push (RFC 8030): web-push encrypts and signs; the request is ours, because the library's own has no limit for the
 * whole of it and reads answers of any length.
 */
export function createPushSender({
  keys,
  contact,
  fetch: send = globalThis.fetch,
  timeoutMs = 5_000,
}: PushSettings): PushSender {
  return {
    async send({ target, payload, topic, keepSeconds }) {
      if (!isPushService(target.endpoint)) return { kind: "gone", detail: "The address is none of a push service." };
      const { headers, body } = webPush.generateRequestDetails({ ...target, keys: { ...target.keys } }, payload, {
        vapidDetails: { subject: contact, ...(await keys()) },
        contentEncoding: "aes128gcm",
        TTL: keepSeconds,
        urgency: "high",
        topic,
      });
      // fetch counts the bytes itself.
      const { "Content-Length": _, ...rest } = headers;
      try {
        const response = await send(target.endpoint, {
          method: "POST",
          headers: Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)])),
          body: new Uint8Array(body),
          redirect: "manual",
          signal: AbortSignal.timeout(timeoutMs),
        });
        return await outcomeOf(response);
      } catch (error) {
        return { kind: "unavailable", detail: `no answer (${error instanceof Error ? error.name : "unknown"})` };
      }
    },
  };
}

async function outcomeOf(response: Response): Promise<PushOutcome> {
  const { status } = response;
  if (response.ok) {
    await response.body?.cancel();
    return { kind: "sent" };
  }
  const said = await firstWords(response);
  const detail = `the push service answered ${status}`;
  if (status === 404 || status === 410) return { kind: "gone", detail };
  if (status === 429 || status === 408 || status >= 500) {
    return { kind: "unavailable", detail, said };
  }
  return { kind: "refused", detail, said };
}

/** The beginning of the answer's text, and no more of it than that is read. */
async function firstWords(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return "";
  try {
    const { value } = await reader.read();
    const text = new TextDecoder().decode(value?.slice(0, 4 * longestAnswer));
    return text.replace(/\s+/gu, " ").trim().slice(0, longestAnswer);
  } catch {
    return "";
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
