import type { ClientAction, ServerFrame } from "../contracts/protocol.ts";
import { DomainError } from "../domain/errors.ts";
import { type Party, transitions } from "../domain/status.ts";
import { joinInbox, keepInboxOpen } from "../inbox/inbox-socket.ts";
import { type Caller, partyOf } from "../runtime/caller.ts";
import { addNote } from "./add-note.ts";
import { assign } from "./assign.ts";
import { end, reopen, takeOver } from "./change-status.ts";
import { escalate } from "./escalate.ts";
import { handBack } from "./hand-back.ts";
import { hello } from "./hello.ts";
import { keepPresent } from "./keep-present.ts";
import { markRead } from "./mark-read.ts";
import { type Participant, participantOf } from "./participant.ts";
import { rate } from "./rate.ts";
import { requireAccess } from "./require-access.ts";
import { sendMessage } from "./send-message.ts";
import type { ActingServices } from "./services.ts";
import { showTyping } from "./show-typing.ts";

type ActionName = ClientAction["action"];
type ActionOf<Name extends ActionName> = Extract<ClientAction, { action: Name }>;

interface Rule<Name extends ActionName> {
  readonly by: readonly Party[];
  readonly run: (services: ActingServices, who: Participant, action: ActionOf<Name>) => Promise<ServerFrame>;
}

const both: readonly Party[] = ["visitor", "agent"];

/** Every action: who may do it, and what does it. A customer's portal is the visitor, an agent's portal an agent. */
const rules: { readonly [Name in ActionName]: Rule<Name> } = {
  hello: { by: both, run: hello },
  send: { by: both, run: sendMessage },
  escalate: { by: transitions.escalate.by, run: escalate },
  takeOver: { by: transitions.takeOver.by, run: takeOver },
  end: { by: transitions.end.by, run: end },
  reopen: { by: transitions.reopen.by, run: reopen },
  read: { by: both, run: markRead },
  heartbeat: { by: both, run: keepPresent },
  note: { by: ["agent"], run: addNote },
  typing: { by: both, run: showTyping },
  assign: { by: ["agent"], run: assign },
  handBack: { by: transitions.handBack.by, run: handBack },
  rate: { by: ["visitor"], run: rate },
};

/** Somebody's action, from whatever transport. */
export interface Acting {
  readonly caller: Caller;
  readonly action: ClientAction;
  /** The socket; absent over HTTPS. */
  readonly connectionId?: string;
}

/**
 * Does what a client asks for and returns the reply. Pushes to others have been sent when it returns.
 *
 * @throws DomainError what the caller is told
 */
export async function act(services: ActingServices, acting: Acting): Promise<ServerFrame> {
  const { caller, action, connectionId } = acting;
  if (!rules[action.action].by.includes(partyOf(caller))) {
    throw new DomainError("forbidden", "Your side of a conversation can't do this.");
  }
  if (caller.kind === "agent" && connectionId !== undefined && action.conversationId === undefined) {
    if (action.action === "hello") return joinInbox(services, caller, connectionId);
    if (action.action === "heartbeat") return keepInboxOpen(services, caller, connectionId);
  }
  const who = participantOf(caller, action.conversationId, connectionId);
  // A portal's link may have been revoked since its session began. Agents were checked at the edge of this request.
  if (connectionId === undefined && caller.kind === "portal") await requireAccess(services, caller);
  return run(services, who, action.action, action);
}

function run<Name extends ActionName>(
  services: ActingServices,
  who: Participant,
  name: Name,
  action: ActionOf<Name>,
): Promise<ServerFrame> {
  return rules[name].run(services, who, action);
}
