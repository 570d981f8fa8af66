import type { ClientAction, FrameOf } from "../contracts/protocol.ts";
import type { Command } from "../domain/status.ts";
import type { Move } from "../store/conversations.ts";
import { announceMove } from "./announce.ts";
import { followMove } from "./consequences.ts";
import { stateFrame } from "./frames.ts";
import { type Participant, socketOf } from "./participant.ts";
import { refusedChange } from "./refusals.ts";
import type { ConversationServices } from "./services.ts";

/**
 * Moves the conversation as the table in `domain/status.ts` allows. Where the goal has been reached before, nothing is
 * written and the reply says where things stand; the client then syncs what it lacks.
 *
 * @param id the client's id of the action; it becomes the id of the status entry.
 * @throws DomainError `illegal_transition`, `forbidden`, `not_found`, `hello_required`
 */
export async function changeStatus(
  services: ConversationServices,
  who: Participant,
  command: Command,
  id: string,
  details: Pick<Move, "text" | "reference"> = {},
): Promise<FrameOf<"state">> {
  const { conversations, now } = services;
  const at = now();
  const result = await conversations.move(who.ref, {
    command,
    by: who.party,
    author: who.author,
    at,
    id,
    ...details,
    ...socketOf(who, at),
    follow: followMove(command, who.party, at),
  });
  if (result.kind === "refused") throw refusedChange(command, result.reason, result.head?.status);
  if (result.kind === "settled") return stateFrame(who.party, result.head, now(), [], { complete: false });
  await announceMove(services, result.head, result.entries, who.connectionId);
  return stateFrame(who.party, result.head, now(), result.entries, { complete: true });
}

/** An agent makes the conversation theirs: the bot falls silent. */
export function takeOver(
  services: ConversationServices,
  who: Participant,
  { id }: Extract<ClientAction, { action: "takeOver" }>,
): Promise<FrameOf<"state">> {
  return changeStatus(services, who, "takeOver", id);
}

/** Either side concludes it. */
export function end(
  services: ConversationServices,
  who: Participant,
  { id }: Extract<ClientAction, { action: "end" }>,
): Promise<FrameOf<"state">> {
  return changeStatus(services, who, "end", id);
}

/** Either side takes it up again, without a message. */
export function reopen(
  services: ConversationServices,
  who: Participant,
  { id }: Extract<ClientAction, { action: "reopen" }>,
): Promise<FrameOf<"state">> {
  return changeStatus(services, who, "reopen", id);
}
