import { publicChatbot, requireChatbot } from "../chatbot/public-chatbot.ts";
import type { BodyOf, ReplyOf, VisitorFacts } from "../contracts/http.ts";
import { DomainError } from "../domain/errors.ts";
import type { VisitorCaller } from "../runtime/caller.ts";
import type { Tokens } from "../runtime/tokens.ts";
import { type Viewer, withoutControls } from "../runtime/viewer.ts";
import type { ConversationServices } from "./services.ts";

type StartServices = Pick<ConversationServices, "conversations" | "chatbots" | "delivery" | "ids" | "now" | "log"> & {
  readonly tokens: Pick<Tokens, "issueSession" | "readSession">;
};

/**
 * Begins a conversation, or resumes the one that a session names if it is of this chatbot and still there. One read
 * and one write: the edge's rate limits can let through what they like.
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
  const caller = known ?? (await begin(services, body, viewer));
  return {
    session: await services.tokens.issueSession(caller),
    conversationId: caller.conversationId,
    visitorId: caller.visitorId,
    resumed: known !== undefined,
    chatbot: publicChatbot(chatbot),
  };
}

async function findAgain(
  { conversations, tokens }: StartServices,
  { chatbotId, session }: BodyOf<"startConversation">,
): Promise<VisitorCaller | undefined> {
  if (session === undefined) return undefined;
  const caller = await tokens.readSession(session).catch((error: unknown) => {
    if (error instanceof DomainError) return undefined;
    throw error;
  });
  if (caller?.kind !== "visitor" || caller.chatbotId !== chatbotId) return undefined;
  return (await conversations.head(caller)) === undefined ? undefined : caller;
}

async function begin(
  services: StartServices,
  body: BodyOf<"startConversation">,
  viewer: Viewer,
): Promise<VisitorCaller> {
  const { chatbotId } = body;
  const { ids, log } = services;
  const conversationId = ids.newId();
  const visitorId = ids.newId();
  const facts = factsOf(body, viewer);
  const head = await services.conversations.start({ chatbotId, conversationId, visitorId, at: services.now(), facts });
  // The team's lists would show it at their next look anyway.
  await services.delivery.row(head).catch((error: unknown) => log.warn("push_failed", { conversationId, error }));
  return { kind: "visitor", chatbotId, conversationId, visitorId };
}

function factsOf({ page, referrer, locale, timeZone }: BodyOf<"startConversation">, viewer: Viewer): VisitorFacts {
  const told = Object.entries({ page, referrer, locale, timeZone })
    .map(([name, value]) => [name, withoutControls(value ?? "")] as const)
    .filter(([, value]) => value !== "");
  return { ...viewer, ...Object.fromEntries(told) };
}
