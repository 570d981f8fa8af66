import type { ClientActionInput, ServerFrame } from "../../../lambdas/contracts/protocol.ts";
import type { Api } from "../../shared/api.ts";
import { browserEnvironment, socketOriginOf } from "../../shared/browser-environment.ts";
import { ChatConnection, type Participant } from "../../shared/connection.ts";
import { version } from "../../shared/conversation-session.ts";

/** Joins the inbox: its socket gets `row` frames, and the team counts as available. */
export const inboxParticipant: Participant = {
  hello: () => ({ action: "hello", version }),
  heartbeat: () => ({ action: "heartbeat" }),
};

/** The one connection of a chatbot's dashboard. It stays when the tab is in the background: rows and title go on. */
export function connectInbox(api: Api, chatbotId: string): ChatConnection {
  return new ChatConnection({
    socketOrigin: socketOriginOf(location),
    ticket: async () => (await api.call("issueAgentTicket", { path: { chatbotId }, body: {} })).ticket,
    post: (action) => postAction(api, chatbotId, action),
    environment: browserEnvironment(),
    staysWhileHidden: true,
  });
}

/** Over HTTPS there are actions of a conversation only; the list is then read again every now and then. */
async function postAction(api: Api, chatbotId: string, action: ClientActionInput): Promise<ServerFrame> {
  const { conversationId } = action;
  if (conversationId === undefined) return { type: "inbox", now: Date.now(), presentUntil: 0 };
  return api.call("actAsAgent", { path: { chatbotId, conversationId }, body: action });
}
