import type { FrameOf } from "../contracts/protocol.ts";
import { helloRequired } from "../conversation/refusals.ts";
import { requireAccess } from "../conversation/require-access.ts";
import type { ConversationServices } from "../conversation/services.ts";
import { leaseUntil } from "../domain/presence.ts";
import type { AgentCaller } from "../runtime/caller.ts";

type InboxServices = Pick<ConversationServices, "conversations" | "members" | "team" | "now">;

/**
 * An agent's dashboard joins the inbox: it gets `row` frames from now on, and the team counts as available.
 *
 * @throws DomainError `not_found` when the membership has ended
 */
export async function joinInbox(
  services: InboxServices,
  caller: AgentCaller,
  connectionId: string,
): Promise<FrameOf<"inbox">> {
  await requireAccess(services, caller);
  const { chatbotId, agentId, name } = caller;
  const now = services.now();
  const until = leaseUntil(now);
  await services.team.join({ chatbotId, connectionId, agentId, name, until });
  return { type: "inbox", now, presentUntil: until * 1000 };
}

/** @throws DomainError `hello_required` when the socket is not in the inbox, for instance because the agent was removed */
export async function keepInboxOpen(
  services: InboxServices,
  { chatbotId }: AgentCaller,
  connectionId: string,
): Promise<FrameOf<"present">> {
  const now = services.now();
  const until = leaseUntil(now);
  if (!(await services.team.renew(chatbotId, connectionId, until))) throw helloRequired();
  return { type: "present", now, presentUntil: until * 1000 };
}
