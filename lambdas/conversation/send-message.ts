import type { ClientAction, Entry, FrameOf, MessageEntry } from "../contracts/protocol.ts";
import { DomainError } from "../domain/errors.ts";
import { type Command, commandOfMessage, type Party, type Status, statuses } from "../domain/status.ts";
import type { NewMessage } from "../store/conversations.ts";
import { announceMessage, announceMove } from "./announce.ts";
import { attachFiles } from "./attach-files.ts";
import { followMessage, followMove } from "./consequences.ts";
import { sentFrame } from "./frames.ts";
import { type Participant, socketOf } from "./participant.ts";
import { helloRequired, noSuchConversation, refusedChange } from "./refusals.ts";
import type { ActingServices, ConversationServices } from "./services.ts";

/** How often a message tries again when the status changes between its look and its write. */
const mostTries = 4;

/**
 * Stores a message under the next number. Where the status asks for it, the message moves the conversation: an agent's
 * takes over, and either side's reopens what has ended. The same client id again is answered with the stored message.
 *
 * @throws DomainError `hello_required` for a socket that has not joined, `not_found`, `conflict` when the status keeps
 * changing, and what `attachFiles` throws
 */
export async function sendMessage(
  services: ActingServices,
  who: Participant,
  { id, text, attachments: fileIds = [], retryAfter }: Extract<ClientAction, { action: "send" }>,
): Promise<FrameOf<"sent">> {
  const { conversations, now } = services;
  const attachments = fileIds.length === 0 ? {} : { attachments: await attachFiles(services, who, fileIds) };
  const message: NewMessage = { id, author: who.author, text, at: now(), ...attachments };
  for (let tries = 0; tries < mostTries; tries += 1) {
    const result = await conversations.append(who.ref, {
      message,
      whileStatus: plainStatuses(who.party),
      ...socketOf(who, now()),
      ...(retryAfter === undefined ? {} : { retryAfter }),
      follow: followMessage(who.party, message.at),
    });
    if (result.kind !== "refused") {
      // A duplicate is pushed again: the first attempt may have died before its push, and clients know each entry by its id.
      await announceMessage(services, result.head, result.entry, who.connectionId);
      return sentFrame(who.party, result.head, now(), result.entry);
    }
    if (result.reason === "not_found") throw noSuchConversation();
    if (result.reason === "not_joined") throw helloRequired();
    const head = result.head ?? (await conversations.head(who.ref));
    if (head === undefined) throw noSuchConversation();
    const command = commandOfMessage(who.party, head.status);
    const sent = command && (await moveWith(services, who, command, message));
    if (sent) return sent;
  }
  throw new DomainError("conflict", "The conversation keeps changing right now. Send the message again.");
}

/** Statuses in which a message just adds to the talk. */
function plainStatuses(party: Party): readonly Status[] {
  return statuses.filter((status) => commandOfMessage(party, status) === undefined);
}

/** Changes the status and stores the message at once; `undefined` when somebody else changed it first. */
async function moveWith(
  services: ConversationServices,
  who: Participant,
  command: Command,
  message: NewMessage,
): Promise<FrameOf<"sent"> | undefined> {
  const { conversations, ids, now } = services;
  const result = await conversations.move(who.ref, {
    command,
    by: who.party,
    author: who.author,
    at: message.at,
    id: ids.newId(),
    message,
    ...socketOf(who, now()),
    follow: followMove(command, who.party, message.at),
  });
  if (result.kind === "settled") return undefined;
  if (result.kind === "refused") {
    if (result.reason === "illegal_transition") return undefined;
    throw refusedChange(command, result.reason, result.head?.status);
  }
  // The sender, too: its reply carries the message only, and the change of status stands before it.
  await announceMove(services, result.head, result.entries, undefined);
  return sentFrame(who.party, result.head, now(), messageAmong(result.entries, message.id));
}

function messageAmong(entries: readonly Entry[], id: string): MessageEntry {
  const entry = entries.find((each) => each.kind === "message" && each.id === id);
  if (entry?.kind !== "message") throw new Error("A change of status lost the message that came with it.");
  return entry;
}
