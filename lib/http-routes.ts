import { HttpMethod, HttpNoneAuthorizer, type IHttpRouteAuthorizer } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpJwtAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { Construct } from "constructs";
import { type Access, type OperationId, operations } from "../lambdas/contracts/http.ts";
import type { AgentPool } from "./agent-pool.ts";
import { ChatFunction, type FunctionDefaults } from "./chat-function.ts";
import type { HttpApi } from "./http-api.ts";
import type { Keys } from "./keys.ts";

export interface HttpRoutesProps {
  readonly http: HttpApi;
  readonly agents: AgentPool;
  readonly keys: Keys;
  readonly defaults: FunctionDefaults;
}

/**
 * Makes the routes from the contract's `operations`. API Gateway checks the logins; a session's bearer token is
 * verified by the handler, and so are memberships.
 */
export class HttpRoutes extends Construct {
  readonly http: HttpApi;
  readonly #keys: Keys;
  readonly #defaults: FunctionDefaults;
  readonly #authorizers: Readonly<Record<Access, IHttpRouteAuthorizer>>;

  constructor(scope: Construct, id: string, { http, agents, keys, defaults }: HttpRoutesProps) {
    super(scope, id);
    this.http = http;
    this.#keys = keys;
    this.#defaults = defaults;
    const open = new HttpNoneAuthorizer();
    const login = new HttpJwtAuthorizer("Login", agents.pool.userPoolProviderUrl, {
      jwtAudience: [agents.client.userPoolClientId],
    });
    this.#authorizers = { public: open, session: open, login, agent: login, owner: login };
  }

  /**
   * The function of an operation, on its route, in `scope`.
   *
   * @param hurts Who is hurt when it fails, as a sentence.
   */
  serve(scope: Construct, operationId: OperationId, hurts: string): ChatFunction {
    const { method, path, access } = operations[operationId];
    const fn = new ChatFunction(scope, functionNameOf(operationId), { defaults: this.#defaults, hurts });
    this.#keys.grantOriginCheck(fn);
    this.http.api.addRoutes({
      path,
      methods: [HttpMethod[method]],
      integration: new HttpLambdaIntegration(operationId, fn),
      authorizer: this.#authorizers[access],
    });
    return fn;
  }
}

/** `startConversation` → `start-conversation`. */
export function functionNameOf(operationId: OperationId): string {
  return operationId.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
