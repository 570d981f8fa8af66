import type { ClientAction, FrameOf } from "../contracts/protocol.ts";
import { DomainError } from "../domain/errors.ts";
import { addRemark } from "./add-remark.ts";
import type { Participant } from "./participant.ts";
import type { ConversationServices } from "./services.ts";

/**
 * Gives the conversation to a member of the team, or to nobody, in whatever status, if it is still with whom the caller
 * saw there. One read when somebody is named. Assigned like that before: nothing is written.
 *
 * @throws DomainError `forbidden` for a portal, `bad_request` for somebody who is no member, and what `addRemark` throws
 */
export async function assign(
  services: ConversationServices,
  who: Participant,
  { id, agentId, expected }: Extract<ClientAction, { action: "assign" }>,
): Promise<FrameOf<"state">> {
  // Whoever came by a link knows nobody of the team, and nobody there knows who that is.
  if (who.caller.kind !== "agent") throw new DomainError("forbidden", "Log in to the dashboard to assign this.");
  const to = agentId === null ? {} : { to: await memberNamed(services, who.ref.chatbotId, agentId) };
  return addRemark(services, who, { kind: "assignment", id, expected, ...to });
}

async function memberNamed(
  { members }: Pick<ConversationServices, "members">,
  chatbotId: string,
  agentId: string,
): Promise<{ readonly agentId: string; readonly name: string }> {
  const member = await members.get(agentId, chatbotId);
  if (member === undefined) {
    throw new DomainError("bad_request", "This person is not in the team.", [
      { path: "agentId", message: "the id of a member of this chatbot" },
    ]);
  }
  return { agentId, name: member.name };
}
