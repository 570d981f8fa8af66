import { hkdfSync } from "node:crypto";
import * as z from "zod";
import type { CachedSecret } from "./secrets.ts";

/** What a key is for. Each purpose has a key of its own, so that no token can stand in for another. */
export type KeyPurpose = "session" | "ticket" | "link" | "mail" | "cursor" | "sealing";

export interface KeyRing {
  /** Id of the key that new tokens are made with. */
  readonly current: string;
  /** 32 bytes, or `undefined` for an id that the secret does not have. */
  key(keyId: string, purpose: KeyPurpose): Uint8Array | undefined;
}

/** The key ring of this moment. */
export interface KeySource {
  read(): Promise<KeyRing>;
  /** Asked when a token names an unknown key: it may be newer than what this sandbox has. */
  readAgain(): Promise<KeyRing>;
}

/** Parses and derives only when the secret has changed. */
export function keyRingOf(secret: CachedSecret): KeySource {
  let parsed: { readonly text: string; readonly ring: KeyRing } | undefined;
  const ringOf = (text: string): KeyRing => {
    if (parsed?.text !== text) parsed = { text, ring: parseKeyRing(text) };
    return parsed.ring;
  };
  return {
    read: async () => ringOf(await secret.read()),
    readAgain: async () => ringOf(await secret.readAgain()),
  };
}

const Secret = z.record(z.string().max(20), z.string());
/** Below this a key could be guessed: 32 characters of base64 or hex hold at least 128 bits. */
const shortestKey = 32;

/**
 * Reads the secret `{"current":"k1","k1":"<64 characters>"}`. To rotate, add `k2`, set `current` to it, and remove
 * `k1` when what it signed has expired: links live for 30 days. What `k1` sealed has to be sealed anew before that.
 */
export function parseKeyRing(secret: string): KeyRing {
  const { current, ...material } = Secret.parse(JSON.parse(secret));
  if (current === undefined || !Object.hasOwn(material, current)) {
    throw new Error("The secret of the keys does not name a current key that it has.");
  }
  for (const [keyId, value] of Object.entries(material)) {
    if (value.length < shortestKey) throw new Error(`Key ${keyId} is shorter than ${shortestKey} characters.`);
  }
  const derived = new Map<string, Uint8Array>();
  return {
    current,
    key(keyId, purpose) {
      const value = Object.hasOwn(material, keyId) ? material[keyId] : undefined;
      if (value === undefined) return undefined;
      const name = `${keyId}/${purpose}`;
      const key = derived.get(name) ?? new Uint8Array(hkdfSync("sha256", value, "", `livechat/${purpose}`, 32));
      derived.set(name, key);
      return key;
    },
  };
}
