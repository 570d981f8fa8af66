import { Stack } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import { HttpApi as Api, HttpStage, LogGroupLogDestination } from "aws-cdk-lib/aws-apigatewayv2";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { removalPolicyOf } from "./removal.ts";
import type { Stage } from "./stage.ts";

export interface HttpApiProps {
  readonly stage: Pick<Stage, "data" | "retention" | "throttle">;
}

/** What the access log says of a request: no path, since it names people's conversations, no address, no header. */
const accessLogFormat = AccessLogFormat.custom(
  JSON.stringify({
    requestId: "$context.requestId",
    time: "$context.requestTimeEpoch",
    route: "$context.routeKey",
    status: "$context.status",
    latency: "$context.responseLatency",
    error: "$context.error.messageString",
    integrationError: "$context.integrationErrorMessage",
  }),
);

/** The HTTP API behind CloudFront's `/api/*`. `HttpRoutes` gives it its routes. */
export class HttpApi extends Construct {
  readonly api: Api;
  /** Host name of the endpoint that CloudFront forwards to. */
  readonly host: string;

  constructor(scope: Construct, id: string, { stage }: HttpApiProps) {
    super(scope, id);
    this.api = new Api(this, "Api", { createDefaultStage: false, description: "Live chat, behind CloudFront" });
    const logs = new LogGroup(this, "AccessLogs", {
      retention: stage.retention.logDays,
      removalPolicy: removalPolicyOf(stage),
    });
    new HttpStage(this, "Stage", {
      httpApi: this.api,
      autoDeploy: true,
      throttle: { rateLimit: stage.throttle.rate, burstLimit: stage.throttle.burst },
      accessLogSettings: { destination: new LogGroupLogDestination(logs), format: accessLogFormat },
    });
    const { region, urlSuffix } = Stack.of(this);
    this.host = `${this.api.apiId}.execute-api.${region}.${urlSuffix}`;
  }
}
