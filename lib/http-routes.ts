import { HttpMethod, HttpNoneAuthorizer, type IHttpRouteAuthorizer } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpJwtAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { Construct } from "constructs";
import { type Access, type OperationId, operations } from "../lambdas/contracts/http.ts";
import type { AgentPool } from "./agent-pool.ts";
import { ChatFunction, type ChatFunctionProps, type FunctionDefaults } from "./chat-function.ts";
import type { HttpApi } from "./http-api.ts";
import type { Keys } from "./keys.ts";

export interface HttpRoutesProps {
  readonly http: HttpApi;
  readonly agents: AgentPool;
  readonly keys: Keys;
  readonly defaults: FunctionDefaults;
}

/** What a function that does more than read and write a few items needs besides. */
export type FunctionSize = Pick<ChatFunctionProps, "memorySize" | "timeout">;

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
    return this.serveTogether(scope, functionNameOf(operationId), hurts);
  }

  /**
   * The function of all operations that the contract gives it (`servedBy`), on their routes, in `scope`.
   *
   * @param hurts Who is hurt when it fails, as a sentence.
   * @throws Error when no operation names the function
   */
  serveTogether(scope: Construct, functionName: string, hurts: string, size: FunctionSize = {}): ChatFunction {
    const served = (Object.keys(operations) as OperationId[]).filter((each) => functionNameOf(each) === functionName);
    if (served.length === 0) throw new Error(`No operation in contracts/http.ts is served by ${functionName}.`);
    const fn = new ChatFunction(scope, functionName, { ...size, defaults: this.#defaults, hurts });
    this.#keys.grantOriginCheck(fn);
    const integration = new HttpLambdaIntegration(functionName, fn, {
      // One permission for all routes of a function: CloudFormation counts them, and takes 500 resources a stack.
      scopePermissionToRoute: false,
    });
    for (const operationId of served) {
      const { method, path, access } = operations[operationId];
      this.http.api.addRoutes({
        path,
        methods: [HttpMethod[method]],
        integration,
        authorizer: this.#authorizers[access],
      });
    }
    return fn;
  }
}

/** The function that serves an operation: `startConversation` → `start-conversation`, unless it shares one. */
export function functionNameOf(operationId: OperationId): string {
  const operation: { readonly method: string; readonly servedBy?: string } = operations[operationId];
  return operation.servedBy ?? operationId.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
