import type { ReplyOf } from "../../lambdas/contracts/http.ts";
import type { ClientActionInput, ServerFrame } from "../../lambdas/contracts/protocol.ts";
import { type Api, ApiError, type Routes } from "../shared/api.ts";
import { ChatConnection, type ConnectionEnvironment } from "../shared/connection.ts";
import { ConversationModel } from "../shared/conversation-model.ts";
import { ConversationSession } from "../shared/conversation-session.ts";

/** What a portal calls. */
export const portalRoutes = {
  openPortal: "POST /api/portal-sessions",
  issueVisitorTicket: "POST /api/socket-tickets",
  actOnConversation: "POST /api/conversations/{conversationId}/actions",
} as const satisfies Partial<Routes>;

export interface PortalOptions {
  readonly api: Api<keyof typeof portalRoutes>;
  /** From the fragment of the link. */
  readonly token: string;
  readonly socketOrigin: string;
  readonly environment: ConnectionEnvironment;
  readonly createId: () => string;
}

/** One conversation, opened by a link. */
export interface PortalVisit {
  readonly opened: ReplyOf<"openPortal">;
  readonly model: ConversationModel;
  readonly session: ConversationSession;
  readonly connection: ChatConnection;
}

/** Why a portal does not open, or no longer. */
export type PortalProblem = "broken" | "expired" | "revoked" | "failed";

export function problemOf(code: string): PortalProblem {
  if (code === "link_expired") return "expired";
  if (code === "link_revoked") return "revoked";
  return ["unauthorized", "bad_request", "not_found", "forbidden"].includes(code) ? "broken" : "failed";
}

/**
 * Exchanges the link for a session and takes part in the conversation. The session lasts an hour; the link is
 * exchanged again when it has ended, so an expired or revoked link ends the visit then. Throws `ApiError`.
 */
export async function openPortal(options: PortalOptions): Promise<PortalVisit> {
  const { api, token } = options;
  const exchange = () => api.call("openPortal", { body: { token } });
  const opened = await exchange();
  let { session } = opened;

  const withSession = async <Reply>(call: (session: string) => Promise<Reply>): Promise<Reply> => {
    try {
      return await call(session);
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== "unauthorized") throw error;
      session = (await exchange()).session;
      return await call(session);
    }
  };

  const { conversationId } = opened;
  const model = new ConversationModel({
    party: opened.role === "agent" ? "agent" : "visitor",
    conversationId,
    now: () => Date.now(),
    createId: options.createId,
  });
  const connection = new ChatConnection({
    socketOrigin: options.socketOrigin,
    environment: options.environment,
    ticket: () =>
      withSession(async (bearer) => (await api.call("issueVisitorTicket", { body: {}, token: bearer })).ticket),
    post: (action: ClientActionInput): Promise<ServerFrame> =>
      withSession((bearer) => api.call("actOnConversation", { path: { conversationId }, body: action, token: bearer })),
  });
  const taking = new ConversationSession(model, connection, options.environment.after);
  taking.start();
  connection.open();
  return { opened, model, session: taking, connection };
}
