import {
  CompactEncrypt,
  compactDecrypt,
  errors,
  type JWTHeaderParameters,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from "jose";
import * as z from "zod";
import { ids } from "../contracts/protocol.ts";
import type { Brand } from "../contracts/settings.ts";
import { DomainError } from "../domain/errors.ts";
import { Caller, SessionCaller } from "./caller.ts";
import type { KeyPurpose, KeyRing, KeySource } from "./keys.ts";

/** How long tokens live, in seconds. */
export const lifetimes = {
  visitorSession: 30 * 24 * 60 * 60,
  portalSession: 60 * 60,
  ticket: 60,
  portalLink: 30 * 24 * 60 * 60,
} as const;

/** What a portal link's token names: the record that decides whether it still opens anything. */
export const LinkClaims = z.object({
  chatbotId: ids.chatbotId,
  conversationId: ids.conversationId,
  linkId: z.string().min(1).max(64),
});
export type LinkClaims = z.output<typeof LinkClaims>;

/** Names who wants no more mail about which conversation, without the address. */
export const MailClaims = z.object({
  chatbotId: ids.chatbotId,
  conversationId: ids.conversationId,
  recipientHash: z.string().regex(/^[0-9a-f]{16}$/),
});
export type MailClaims = z.output<typeof MailClaims>;

export interface Ticket {
  readonly ticketId: string;
  readonly caller: Caller;
  /** Seconds since the epoch. */
  readonly expiresAt: number;
}

/** Everything that is signed or sealed. Times that come in are milliseconds since the epoch. */
export interface Tokens {
  /** 30 days for a visitor; one hour for a portal, or less when its link expires before. */
  issueSession(caller: SessionCaller, notAfter?: number): Promise<string>;
  /** @throws DomainError `unauthorized` for anything that is not a running session. */
  readSession(token: string): Promise<SessionCaller>;
  /** One minute. Single use is the ticket store's part. */
  issueTicket(caller: Caller, ticketId: string): Promise<string>;
  /** @throws DomainError `unauthorized` */
  readTicket(token: string): Promise<Ticket>;
  /** The token of a portal URL. It expires with the link's record. */
  createLinkToken(claims: LinkClaims, expiresAt: number): Promise<string>;
  /** @throws DomainError `link_expired`, or `unauthorized` for what we did not sign. */
  readLinkToken(token: string): Promise<LinkClaims>;
  /** The token with which a recipient stops mails. It expires with the portal link of the same mail. */
  createMailToken(claims: MailClaims, expiresAt: number): Promise<string>;
  /** @throws DomainError `link_expired`, or `unauthorized` for what we did not sign. */
  readMailToken(token: string): Promise<MailClaims>;
  /** Hides where a list stopped. */
  sealCursor(value: unknown): Promise<string>;
  /** @throws DomainError `bad_request` when it was edited or is not a cursor. */
  openCursor(token: string): Promise<unknown>;
  /** Seals a secret for storing. `context` says whose it is, such as `demo/zendeskToken`; it must be the same to open it. */
  seal(context: string, secret: string): Promise<string>;
  /** @throws Error when it was sealed for something else or with a key that is gone. */
  open(context: string, sealed: string): Promise<string>;
}

const SealedSecret = z.object({ context: z.string(), secret: z.string() });

export function createTokens({ keys, now }: { readonly keys: KeySource; readonly now: () => number }): Tokens {
  async function sign(purpose: KeyPurpose, payload: JWTPayload, expiresAt: number): Promise<string> {
    const ring = await keys.read();
    return new SignJWT(payload)
      .setProtectedHeader({ alg: "HS256", kid: ring.current, typ: typeOf(purpose) })
      .setAudience(purpose)
      .setIssuedAt(seconds(now()))
      .setExpirationTime(seconds(expiresAt))
      .sign(currentKey(ring, purpose));
  }

  async function verify(purpose: KeyPurpose, token: string): Promise<JWTPayload> {
    const { payload } = await jwtVerify(token, (header) => keyNamedBy(header, purpose), {
      algorithms: ["HS256"],
      audience: purpose,
      typ: typeOf(purpose),
      currentDate: new Date(now()),
      requiredClaims: ["exp", "iat"],
    });
    return payload;
  }

  async function encrypt(purpose: KeyPurpose, value: unknown): Promise<string> {
    const ring = await keys.read();
    return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(value)))
      .setProtectedHeader({ alg: "dir", enc: "A256GCM", kid: ring.current, typ: typeOf(purpose) })
      .encrypt(currentKey(ring, purpose));
  }

  async function decrypt(purpose: KeyPurpose, token: string): Promise<unknown> {
    const { plaintext } = await compactDecrypt(token, (header) => keyNamedBy(header, purpose), {
      keyManagementAlgorithms: ["dir"],
      contentEncryptionAlgorithms: ["A256GCM"],
    });
    return JSON.parse(new TextDecoder().decode(plaintext));
  }

  async function keyNamedBy({ kid }: Pick<JWTHeaderParameters, "kid">, purpose: KeyPurpose): Promise<Uint8Array> {
    if (kid === undefined) throw new errors.JWSInvalid("no key id");
    const key = (await keys.read()).key(kid, purpose) ?? (await keys.readAgain()).key(kid, purpose);
    if (key === undefined) throw new errors.JWSInvalid("unknown key id");
    return key;
  }

  return {
    issueSession(caller, notAfter = Number.POSITIVE_INFINITY) {
      const lifetime = caller.kind === "portal" ? lifetimes.portalSession : lifetimes.visitorSession;
      return sign("session", { caller }, Math.min(now() + lifetime * 1000, notAfter));
    },
    async readSession(token) {
      const payload = await orRefuse(verify("session", token), endedSession);
      const caller = SessionCaller.safeParse(payload.caller);
      if (!caller.success) throw endedSession();
      return caller.data;
    },
    issueTicket(caller, ticketId) {
      return sign("ticket", { caller, jti: ticketId }, now() + lifetimes.ticket * 1000);
    },
    async readTicket(token) {
      const { caller, jti, exp } = await orRefuse(verify("ticket", token), refusedTicket);
      const parsed = Caller.safeParse(caller);
      if (!parsed.success || jti === undefined || exp === undefined) throw refusedTicket();
      return { ticketId: jti, caller: parsed.data, expiresAt: exp };
    },
    createLinkToken: (claims, expiresAt) => sign("link", { ...claims }, expiresAt),
    async readLinkToken(token) {
      const claims = LinkClaims.safeParse(await orRefuse(verify("link", token), bentLink, expiredLink));
      if (!claims.success) throw bentLink();
      return claims.data;
    },
    createMailToken: (claims, expiresAt) => sign("mail", { ...claims }, expiresAt),
    async readMailToken(token) {
      const claims = MailClaims.safeParse(await orRefuse(verify("mail", token), bentLink, expiredLink));
      if (!claims.success) throw bentLink();
      return claims.data;
    },
    sealCursor: (value) => encrypt("cursor", value),
    openCursor: (token) => orRefuse(decrypt("cursor", token), foreignCursor),
    seal: (context, secret) => encrypt("sealing", { context, secret }),
    async open(context, sealed) {
      const content = SealedSecret.parse(await decrypt("sealing", sealed));
      if (content.context !== context) throw new Error("A sealed secret was found in another place than its own.");
      return content.secret;
    },
  };
}

/** Where a chatbot's portals live: the owner's host name when there is one, with the deployment's scheme and port. */
export function portalOrigin(brand: Pick<Brand, "host">, publicOrigin: string): string {
  if (brand.host === "") return publicOrigin;
  const { protocol, port } = new URL(publicOrigin);
  return `${protocol}//${brand.host}${port === "" ? "" : `:${port}`}`;
}

/** The token stands in the fragment, which browsers send to no server and put into no Referer. */
export function portalUrl(origin: string, role: "agent" | "customer", token: string): string {
  return `${origin}/portal/${role}#${token}`;
}

export function endedSession(): DomainError {
  return new DomainError("unauthorized", "This session has ended. Start a new one.");
}

export function expiredLink(): DomainError {
  return new DomainError("link_expired", "This link has expired. Ask for a new one.");
}

export function foreignCursor(): DomainError {
  return new DomainError("bad_request", "This cursor does not belong to this list. Start again without it.", [
    { path: "cursor", message: "leave it out and start from the first page" },
  ]);
}

function bentLink(): DomainError {
  return new DomainError(
    "unauthorized",
    "This link is not complete. Open it again from the message that it came with.",
  );
}

function refusedTicket(): DomainError {
  return new DomainError("unauthorized", "This ticket is not valid any more. Ask for a new one.");
}

/** Turns what `jose` or a parser threw into the refusal; a failure to read the keys stays what it is. */
async function orRefuse<T>(
  reading: Promise<T>,
  refusal: () => DomainError,
  whenExpired: () => DomainError = refusal,
): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw whenExpired();
    if (error instanceof errors.JOSEError || error instanceof SyntaxError || error instanceof TypeError) {
      throw refusal();
    }
    throw error;
  }
}

function currentKey(ring: KeyRing, purpose: KeyPurpose): Uint8Array {
  const key = ring.key(ring.current, purpose);
  if (key === undefined) throw new Error("The current key is missing.");
  return key;
}

function typeOf(purpose: KeyPurpose): string {
  return `livechat-${purpose}`;
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}
