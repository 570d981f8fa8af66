import type { ReplyOf } from "../../lambdas/contracts/http.ts";
import type { ClientActionInput, ServerFrame } from "../../lambdas/contracts/protocol.ts";
import { type Api, ApiError, type Routes } from "../shared/api.ts";
import { ChatConnection, type ConnectionEnvironment } from "../shared/connection.ts";
import { ConversationModel } from "../shared/conversation-model.ts";
import { ConversationSession } from "../shared/conversation-session.ts";
import { mailRoutes } from "./your-data/mail-routes.ts";

/** What a portal calls. */
export const portalRoutes = {
  openPortal: "POST /api/portal-sessions",
  issueVisitorTicket: "POST /api/socket-tickets",
  actOnConversation: "POST /api/conversations/{conversationId}/actions",
  eraseConversation: "DELETE /api/conversations/{conversationId}",
  ...mailRoutes,
} as const satisfies Partial<Routes>;

export type PortalApi = Api<keyof typeof portalRoutes>;

export interface PortalOptions {
  readonly api: PortalApi;
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
  readonly api: PortalApi;
  /** Calls with the session, and once more with a fresh one when it has ended. */
  withSession<Reply>(call: (session: string) => Promise<Reply>): Promise<Reply>;
  /** For the customer: erases the conversation for everybody, and with it ends the visit. */
  erase(): Promise<void>;
}

/** Why a portal does not open, or no longer. */
export type PortalProblem = "broken" | "notThere" | "expired" | "revoked" | "erased" | "offline" | "failed";

const problems: Readonly<Record<string, PortalProblem>> = {
  link_expired: "expired",
  link_revoked: "revoked",
  erased: "erased",
  not_found: "notThere",
  network: "offline",
  unauthorized: "broken",
  bad_request: "broken",
  forbidden: "broken",
};

/** @param code of an `ApiError` or of a `closed` frame */
export function problemOf(code: string): PortalProblem {
  return problems[code] ?? "failed";
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
  return {
    opened,
    model,
    session: taking,
    connection,
    api,
    withSession,
    async erase() {
      try {
        await withSession((bearer) => api.call("eraseConversation", { path: { conversationId }, token: bearer }));
      } catch (error) {
        // The reply to an earlier try was lost.
        if (!(error instanceof ApiError) || error.code !== "erased") throw error;
      }
      connection.close();
      model.apply({ type: "closed", code: "erased", message: "" });
    },
  };
}
