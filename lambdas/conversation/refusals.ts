import type { Assignee } from "../domain/conversation.ts";
import { DomainError } from "../domain/errors.ts";
import type { Command, Status } from "../domain/status.ts";

export function noSuchConversation(): DomainError {
  return new DomainError("not_found", "There is no such conversation.");
}

export function helloRequired(): DomainError {
  return new DomainError("hello_required", "This socket has not joined the conversation. Say hello and repeat.");
}

/** Somebody else was faster. The page says it in its own words, with the name and since when. */
export function heldByAnother(assignee: Assignee | undefined): DomainError {
  const message =
    assignee === undefined ? "Nobody has this conversation any more." : `${assignee.name} has this conversation now.`;
  return new DomainError("conflict", message, [], assignee === undefined ? {} : { assignee });
}

/** Everything that a change of status may be refused with. */
export function refusedChange(
  command: Command,
  reason: "not_found" | "not_joined" | "illegal_transition" | "forbidden",
  status: Status | undefined,
): DomainError {
  switch (reason) {
    case "not_found":
      return noSuchConversation();
    case "not_joined":
      return helloRequired();
    case "forbidden":
      return new DomainError("forbidden", `Your side of a conversation can't ${phrases[command]}.`);
    case "illegal_transition":
      return new DomainError(
        "illegal_transition",
        `You can't ${phrases[command]} while the conversation is ${status ?? "in this status"}.`,
      );
  }
}

const phrases: Readonly<Record<Command, string>> = {
  escalate: "ask for a human",
  takeOver: "take over",
  end: "end it",
  reopen: "reopen it",
  handBack: "hand back to the bot",
};
