/** The key pair by which push services know this deployment (VAPID, RFC 8292), base64url. */
export interface StoredPushKeys {
  readonly publicKey: string;
  /** Sealed (JWE) before it gets here. */
  readonly sealedPrivateKey: string;
}

/** One pair for the whole deployment: a browser has one subscription for it, whatever chatbots its agent works for. */
export interface PushKeyStore {
  get(): Promise<StoredPushKeys | undefined>;
  /** Stores the pair unless there is one; returns the one that holds. */
  keepFirst(keys: StoredPushKeys): Promise<StoredPushKeys>;
}
