import type { ClientAction, ServerFrame } from "../contracts/protocol.ts";
import type { SessionCaller } from "../runtime/caller.ts";
import { act } from "./act.ts";
import { noSuchConversation } from "./refusals.ts";
import type { ActingServices } from "./services.ts";

/**
 * One action of a visitor or a portal over HTTPS.
 *
 * @throws DomainError `not_found` for a conversation that is not the session's, and what `act` throws
 */
export async function actOnConversation(
  services: ActingServices,
  caller: SessionCaller,
  conversationId: string,
  action: ClientAction,
): Promise<ServerFrame> {
  if (conversationId !== caller.conversationId) throw noSuchConversation();
  return act(services, { caller, action });
}
