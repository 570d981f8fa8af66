import { errors, jwtVerify } from "jose";
import * as z from "zod";
import { requireChatbot } from "../chatbot/public-chatbot.ts";
import { Lead, type ReplyOf } from "../contracts/http.ts";
import { DomainError } from "../domain/errors.ts";
import { partyOf, type SessionCaller } from "../runtime/caller.ts";
import { withoutControls } from "../runtime/viewer.ts";
import type { Verified } from "../store/conversations.ts";
import { announceVisitor } from "./announce-visitor.ts";
import { missingConversation } from "./missing-conversation.ts";
import { noSuchConversation } from "./refusals.ts";
import { requireAccess } from "./require-access.ts";
import type { ConversationServices } from "./services.ts";

export interface IdentifyingServices
  extends Pick<ConversationServices, "conversations" | "chatbots" | "members" | "delivery" | "now" | "log"> {
  /** Opens a chatbot's sealed identity secret. */
  readonly openSecret: (chatbotId: string, sealed: string) => Promise<string>;
}

/** The owner's clock may be off by this much, seconds. */
const clockToleranceSeconds = 30;
/** A proof is for now: one that lives longer could be used again by whoever finds it, seconds. */
const longestLifeSeconds = 60 * 60;

const Claims = z.object({
  sub: z.string().min(1, "the person's id").max(200),
  exp: z.number(),
  name: Lead.shape.name,
  email: Lead.shape.email,
  phone: Lead.shape.phone,
});

/**
 * Takes the owner's word for who the visitor is: a token that the owner's server signed with the chatbot's identity secret
 * (HS256) for this person, for an hour at most. What it says of them goes into the lead, where the visitor can't change it.
 *
 * @throws DomainError `bad_request` that says what is wrong with the token, `conflict` when the conversation is somebody
 * else's: the page then starts a new one; `forbidden` for an agent's portal, `not_found`, `erased`
 */
export async function identifyVisitor(
  services: IdentifyingServices,
  caller: SessionCaller,
  conversationId: string,
  jwt: string,
): Promise<ReplyOf<"identifyVisitor">> {
  if (conversationId !== caller.conversationId) throw noSuchConversation();
  if (partyOf(caller) !== "visitor") throw new DomainError("forbidden", "Only a visitor can be identified.");
  await requireAccess(services, caller);
  const { chatbotId, sealed } = await requireChatbot(services.chatbots, caller.chatbotId);
  if (sealed.identitySecret === undefined) {
    throw refusedToken("this chatbot has no identity secret: an owner makes one in its settings");
  }
  const claims = await verified(jwt, await services.openSecret(chatbotId, sealed.identitySecret), services.now());

  const { sub: subject, exp: _, ...proved } = claims;
  const lead: Lead = Object.fromEntries(
    Object.entries(proved).flatMap(([field, value]) => (value === undefined ? [] : [[field, withoutControls(value)]])),
  );
  const proof: Verified = { subject, at: services.now(), fields: Object.keys(lead) as (keyof Lead)[] };
  const result = await services.conversations.identify(caller, proof, lead);
  if (result.kind === "not_found") throw await missingConversation(services.conversations, caller);
  if (result.kind === "another") {
    throw new DomainError("conflict", "This conversation is another person's. Start a new one.");
  }
  await announceVisitor(services, caller);
  return { lead: result.lead, verified: true };
}

async function verified(jwt: string, secret: string, now: number): Promise<z.output<typeof Claims>> {
  const payload = await signedPayload(jwt, secret, now);
  const claims = Claims.safeParse(payload);
  if (!claims.success) {
    const issue = claims.error.issues[0];
    throw refusedToken(`its claim ${issue?.path.join(".") ?? ""} is not right: ${issue?.message ?? ""}`);
  }
  if (claims.data.exp > now / 1000 + longestLifeSeconds + clockToleranceSeconds) {
    throw refusedToken("it lives longer than an hour: set exp to an hour from now or less");
  }
  return claims.data;
}

async function signedPayload(jwt: string, secret: string, now: number): Promise<unknown> {
  try {
    const { payload } = await jwtVerify(jwt, new TextEncoder().encode(secret), {
      // Pinned: the token does not get to choose how it is checked.
      algorithms: ["HS256"],
      requiredClaims: ["sub", "exp"],
      clockTolerance: clockToleranceSeconds,
      currentDate: new Date(now),
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JOSEError) throw refusedToken(whatIsWrong(error));
    throw error;
  }
}

function whatIsWrong(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return "it has expired: sign a new one for every page";
  if (error instanceof errors.JWTClaimValidationFailed) {
    return error.reason === "missing" ? `it has no claim ${error.claim}` : `its claim ${error.claim} does not hold now`;
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) return "it was not signed with this chatbot's secret";
  if (error instanceof errors.JOSEAlgNotAllowed) return "it is not signed with HS256";
  return "it is not a signed JSON Web Token";
}

function refusedToken(reason: string): DomainError {
  return new DomainError("bad_request", `The identity token is refused: ${reason}.`, [
    { path: "jwt", message: reason },
  ]);
}
