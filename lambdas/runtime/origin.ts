import { createHash, timingSafeEqual } from "node:crypto";
import { DomainError } from "../domain/errors.ts";
import type { CachedSecret } from "./secrets.ts";

/** Header by which CloudFront proves that a request came through it; nobody may go around it to the APIs. */
export const originHeader = "x-origin-verify";

/** Headers as API Gateway hands them over: in lower case by HTTP APIs, as they were sent by WebSocket APIs. */
export type Headers = Readonly<Record<string, string | undefined>>;

/** @throws DomainError `forbidden` */
export async function requireOrigin(headers: Headers, secret: CachedSecret): Promise<void> {
  const sent = headerOf(headers, originHeader);
  if (sent !== undefined) {
    if (isSame(sent, await secret.read())) return;
    // After a rotation CloudFront may send a value that this sandbox has not read yet.
    if (isSame(sent, await secret.readAgain())) return;
  }
  throw new DomainError("forbidden", "This address is not for direct calls. Use the public one.");
}

export function headerOf(headers: Headers, name: string): string | undefined {
  return headers[name] ?? Object.entries(headers).find(([each]) => each.toLowerCase() === name)?.[1];
}

/** Compares in constant time; hashing first makes the lengths equal. */
function isSame(one: string, other: string): boolean {
  const digest = (value: string): Buffer => createHash("sha256").update(value).digest();
  return timingSafeEqual(digest(one), digest(other));
}
