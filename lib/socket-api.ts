import { Stack } from "aws-cdk-lib";
import { WebSocketApi, WebSocketStage } from "aws-cdk-lib/aws-apigatewayv2";
import { WebSocketLambdaAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { WebSocketLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { Grant } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import type { ChatFunction } from "./chat-function.ts";
import type { Stage } from "./stage.ts";

export interface SocketApiProps {
  readonly stage: Pick<Stage, "throttle">;
}

export interface SocketHandlers {
  /** Exchanges the ticket of the query string for an identity, which then comes with every message. */
  readonly authorize: ChatFunction;
  readonly open: ChatFunction;
  readonly close: ChatFunction;
  /** Its returned body is the reply to the sender. */
  readonly message: ChatFunction;
}

/** The WebSocket API behind CloudFront's `/ws`. */
export class SocketApi extends Construct {
  readonly api: WebSocketApi;
  readonly stage: WebSocketStage;
  /** Host name of the endpoint that CloudFront forwards to. */
  readonly host: string;

  constructor(scope: Construct, id: string, { stage }: SocketApiProps) {
    super(scope, id);
    this.api = new WebSocketApi(this, "Api", {
      description: "Live chat, behind CloudFront",
      // No action has a route of its own, so every message goes to $default.
      routeSelectionExpression: "$request.body.action",
    });
    this.stage = new WebSocketStage(this, "Live", {
      webSocketApi: this.api,
      stageName: "live",
      autoDeploy: true,
      throttle: { rateLimit: stage.throttle.rate, burstLimit: stage.throttle.burst },
    });
    const { region, urlSuffix } = Stack.of(this);
    this.host = `${this.api.apiId}.execute-api.${region}.${urlSuffix}`;
  }

  route({ authorize, open, close, message }: SocketHandlers): void {
    this.api.addRoute("$connect", {
      integration: new WebSocketLambdaIntegration("Open", open),
      authorizer: new WebSocketLambdaAuthorizer("Ticket", authorize, {
        identitySource: ["route.request.querystring.ticket"],
      }),
    });
    this.api.addRoute("$disconnect", { integration: new WebSocketLambdaIntegration("Close", close) });
    this.api.addRoute("$default", {
      integration: new WebSocketLambdaIntegration("Message", message),
      returnResponse: true,
    });
  }

  /** Sends frames to open sockets and closes them. */
  grantPush(fn: ChatFunction): void {
    fn.addEnvironment("SOCKET_ENDPOINT", this.stage.callbackUrl);
    const connections = (method: string) =>
      Stack.of(this).formatArn({
        service: "execute-api",
        resource: this.api.apiId,
        resourceName: `${this.stage.stageName}/${method}/@connections/*`,
      });
    Grant.addToPrincipal({
      grantee: fn,
      actions: ["execute-api:ManageConnections"],
      resourceArns: [connections("POST"), connections("DELETE")],
    });
  }
}
