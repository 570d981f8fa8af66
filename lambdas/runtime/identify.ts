import type { APIGatewayProxyEventV2 } from "aws-lambda";
import * as z from "zod";
import type { Access } from "../contracts/http.ts";
import { DomainError } from "../domain/errors.ts";
import type { MemberStore } from "../store/members.ts";
import type { AgentCaller, LoginCaller, SessionCaller } from "./caller.ts";
import { endedSession, type Tokens } from "./tokens.ts";

/** Who calls, by the access that an operation asks for. */
export interface CallerByAccess {
  readonly public: undefined;
  readonly session: SessionCaller;
  readonly login: LoginCaller;
  readonly agent: AgentCaller;
  readonly owner: AgentCaller;
}

export interface IdentityServices {
  readonly tokens: Pick<Tokens, "readSession">;
  readonly members: Pick<MemberStore, "get">;
}

/**
 * Claims of a Cognito access token, which API Gateway has verified; every value arrives as text. An id token would
 * pass the authorizer as well, so its use is checked here ("Verifying JSON web tokens").
 */
const AccessClaims = z.object({ sub: z.string().min(1).max(128), token_use: z.literal("access") });

/**
 * Finds out who calls, and refuses who may not.
 *
 * @throws DomainError `unauthorized`; `not_found` for a chatbot that the agent is no member of, as if it did not
 * exist; `forbidden` for a member who is no owner.
 */
export async function identify<A extends Access>(
  access: A,
  event: APIGatewayProxyEventV2,
  services: () => IdentityServices,
): Promise<CallerByAccess[A]>;
export async function identify(
  access: Access,
  event: APIGatewayProxyEventV2,
  services: () => IdentityServices,
): Promise<CallerByAccess[Access]> {
  switch (access) {
    case "public":
      return undefined;
    case "session":
      return services().tokens.readSession(bearerOf(event));
    case "login":
      return loginOf(event);
    case "agent":
    case "owner": {
      const { agentId } = loginOf(event);
      return memberOf(services().members, agentId, event.pathParameters?.chatbotId ?? "", access);
    }
  }
}

/** @throws DomainError `not_found`, `forbidden` */
export async function memberOf(
  members: Pick<MemberStore, "get">,
  agentId: string,
  chatbotId: string,
  needed: "agent" | "owner",
): Promise<AgentCaller> {
  const membership = await members.get(agentId, chatbotId);
  if (membership === undefined) throw new DomainError("not_found", "There is no such chatbot.");
  if (needed === "owner" && membership.role !== "owner") {
    throw new DomainError("forbidden", "Only an owner of this chatbot may do this.");
  }
  const { name, role } = membership;
  return { kind: "agent", agentId, chatbotId: membership.chatbotId, name, role };
}

function loginOf(event: APIGatewayProxyEventV2): LoginCaller {
  const context: unknown = event.requestContext;
  const parsed = z.object({ authorizer: z.object({ jwt: z.object({ claims: AccessClaims }) }) }).safeParse(context);
  if (!parsed.success) throw new DomainError("unauthorized", "Log in first.");
  return { agentId: parsed.data.authorizer.jwt.claims.sub };
}

function bearerOf(event: APIGatewayProxyEventV2): string {
  const [, token] = /^Bearer ([\w.-]{1,2000})$/i.exec(event.headers.authorization ?? "") ?? [];
  if (token === undefined) throw endedSession();
  return token;
}
