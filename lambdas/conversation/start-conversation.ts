import { type AvailabilityServices, publicChatbot, requireChatbot } from "../chatbot/public-chatbot.ts";
import type { BodyOf, ReplyOf, VisitorFacts } from "../contracts/http.ts";
import type { ConversationHead } from "../domain/conversation.ts";
import { DomainError } from "../domain/errors.ts";
import type { VisitorCaller } from "../runtime/caller.ts";
import type { Tokens } from "../runtime/tokens.ts";
import { type Viewer, withoutControls } from "../runtime/viewer.ts";
import type { NewConversation } from "../store/conversations.ts";
import type { ConversationServices } from "./services.ts";

type StartServices = Pick<ConversationServices, "conversations" | "chatbots" | "delivery" | "ids" | "log"> &
  AvailabilityServices & { readonly tokens: Pick<Tokens, "issueSession" | "readSession"> };

/** Earlier conversations that a new one remembers. */
const mostEarlier = 20;

/**
 * Begins a conversation, or resumes the one that a session names if it is of this chatbot and still there. Two reads
 * (the chatbot, its team; now and then how long visitors waited lately) and one write: the edge's rate limits can let
 * through what they like. `anew` begins another one of the same visitor, which takes along what they left and the list of
 * those before: one read more, and no item.
 *
 * @throws DomainError `not_found` for an unknown chatbot
 */
export async function startConversation(
  services: StartServices,
  body: BodyOf<"startConversation">,
  viewer: Viewer,
): Promise<ReplyOf<"startConversation">> {
  const chatbot = await requireChatbot(services.chatbots, body.chatbotId);
  const known = await findAgain(services, body);
  const resumed = body.anew === true ? undefined : known;
  const caller = resumed?.caller ?? (await begin(services, body, viewer, known));
  return {
    session: await services.tokens.issueSession(caller),
    conversationId: caller.conversationId,
    visitorId: caller.visitorId,
    resumed: resumed !== undefined,
    chatbot: await publicChatbot(services, chatbot),
  };
}

/** A conversation that a session has proved to be the caller's. */
interface Known {
  readonly caller: VisitorCaller;
  readonly head: ConversationHead;
}

async function findAgain(
  { conversations, tokens }: StartServices,
  { chatbotId, session }: BodyOf<"startConversation">,
): Promise<Known | undefined> {
  if (session === undefined) return undefined;
  const caller = await tokens.readSession(session).catch((error: unknown) => {
    if (error instanceof DomainError) return undefined;
    throw error;
  });
  if (caller?.kind !== "visitor" || caller.chatbotId !== chatbotId) return undefined;
  const head = await conversations.head(caller);
  return head && { caller, head };
}

async function begin(
  services: StartServices,
  body: BodyOf<"startConversation">,
  viewer: Viewer,
  before: Known | undefined,
): Promise<VisitorCaller> {
  const { chatbotId } = body;
  const { conversations, ids, log } = services;
  const conversationId = ids.newId();
  const visitorId = before?.caller.visitorId ?? ids.newId();
  const head = await conversations.start({
    chatbotId,
    conversationId,
    visitorId,
    at: services.now(),
    facts: factsOf(body, viewer),
    ...(before === undefined ? {} : await inheritance(services, before)),
  });
  // The team's lists would show it at their next look anyway.
  await services.delivery.row(head).catch((error: unknown) => log.warn("push_failed", { conversationId, error }));
  return { kind: "visitor", chatbotId, conversationId, visitorId };
}

/** Visitors should not have to repeat themselves, and agents see with whom they have talked before. */
async function inheritance(
  { conversations }: StartServices,
  { caller, head }: Known,
): Promise<Pick<NewConversation, "lead" | "earlier">> {
  const { lead = {}, earlier = [] } = (await conversations.visitor(caller)) ?? {};
  const previous = { conversationId: head.conversationId, startedAt: head.startedAt };
  return { lead, earlier: [previous, ...earlier].slice(0, mostEarlier) };
}

function factsOf({ page, referrer, locale, timeZone }: BodyOf<"startConversation">, viewer: Viewer): VisitorFacts {
  const told = Object.entries({ page, referrer, locale, timeZone })
    .map(([name, value]) => [name, withoutControls(value ?? "")] as const)
    .filter(([, value]) => value !== "");
  return { ...viewer, ...Object.fromEntries(told) };
}
