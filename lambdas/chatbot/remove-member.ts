import { type Connections, isPolling } from "../adapters/connections.ts";
import type { FrameOf } from "../contracts/protocol.ts";
import { DomainError } from "../domain/errors.ts";
import { isLive } from "../domain/presence.ts";
import { statuses } from "../domain/status.ts";
import type { AgentNotificationStore } from "../store/agent-notifications.ts";
import type { ConversationStore } from "../store/conversations.ts";
import type { TeamStore } from "../store/members.ts";
import { type MemberServices, refuseLosingLastOwner } from "./members.ts";

export interface RemovalServices extends MemberServices {
  readonly conversations: Pick<ConversationStore, "list" | "leave">;
  readonly team: Pick<TeamStore, "present" | "leave">;
  readonly agentNotifications: Pick<AgentNotificationStore, "remove">;
  readonly connections: Connections;
  readonly now: () => number;
}

/** API Gateway closes every WebSocket after two hours ("Quotas for WebSocket APIs"): older activity has no open socket. */
const longestSocketMs = 2 * 60 * 60 * 1000;

/**
 * Ends a membership, closes the sockets that were opened with it, and forgets phone number and browsers.
 *
 * @throws DomainError `not_found`, `conflict` for the last owner
 */
export async function removeMember(services: RemovalServices, chatbotId: string, agentId: string): Promise<void> {
  const outcome = await services.members.remove(agentId, chatbotId);
  if (outcome === "unknown") throw new DomainError("not_found", "There is no such member.");
  refuseLosingLastOwner(outcome);
  await services.agentNotifications.remove(chatbotId, agentId);
  const sockets = new Set([
    ...(await leaveInbox(services, chatbotId, agentId)),
    ...(await leaveConversations(services, chatbotId, agentId)),
  ]);
  const frame: FrameOf<"closed"> = {
    type: "closed",
    code: "forbidden",
    message: "You are no longer a member of this chatbot.",
  };
  await Promise.allSettled(
    Array.from(sockets, async (connectionId) => {
      await services.connections.post(connectionId, frame);
      await services.connections.close(connectionId);
    }),
  );
}

async function leaveInbox({ team, now }: RemovalServices, chatbotId: string, agentId: string): Promise<string[]> {
  const present = await team.present(chatbotId, now());
  const sockets = present.filter((each) => each.agentId === agentId).map((each) => each.connectionId);
  await Promise.all(sockets.map((each) => team.leave(chatbotId, each)));
  return sockets;
}

/** Takes the agent off every conversation in which a socket of theirs may still be: those of the last two hours. */
async function leaveConversations(
  { conversations, now }: RemovalServices,
  chatbotId: string,
  agentId: string,
): Promise<string[]> {
  const left: string[] = [];
  const range = { chatbotId, statuses, from: now() - longestSocketMs, to: now(), limit: 50 };
  let page = await conversations.list(range);
  for (;;) {
    for (const head of page.heads) {
      const theirs = head.connections.filter((each) => each.agentId === agentId && isLive(each.until, now()));
      if (theirs.length === 0) continue;
      const ids = theirs.map((each) => each.connectionId);
      await conversations.leave(head, ids);
      left.push(...ids.filter((each) => !isPolling(each)));
    }
    if (page.after === undefined) return left;
    page = await conversations.list({ ...range, after: page.after });
  }
}
