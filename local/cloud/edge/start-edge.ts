import { type S3, startS3 } from "../s3/start-s3.ts";
import type { CloudContext, Part } from "../service.ts";
import { type Cognito, startCognito } from "./cognito.ts";
import type { SeedUser } from "./cognito-users.ts";
import { openFrontDoor } from "./front-door.ts";
import { startHttpApis } from "./http-api.ts";
import { type Ses, startSes } from "./ses.ts";
import { deploySites } from "./site-bucket.ts";
import { type Sns, startSns } from "./sns.ts";
import { startWebSocketApis, type WebSocketApis } from "./websocket-api.ts";

/** Everything between a browser or a mail reader and the functions. */
export interface Edge extends Part {
  readonly webSocket: WebSocketApis;
  readonly cognito: Cognito;
  readonly ses: Ses;
  readonly s3: S3;
  readonly sns: Sns;
}

const handledTypes = [
  "AWS::ApiGatewayV2::Api",
  "AWS::ApiGatewayV2::Authorizer",
  "AWS::ApiGatewayV2::Deployment",
  "AWS::ApiGatewayV2::Integration",
  "AWS::ApiGatewayV2::Route",
  "AWS::ApiGatewayV2::RouteResponse",
  "AWS::ApiGatewayV2::Stage",
  "AWS::CloudFront::CachePolicy",
  "AWS::CloudFront::Distribution",
  "AWS::CloudFront::Function",
  "AWS::CloudFront::OriginRequestPolicy",
  "AWS::CloudFront::ResponseHeadersPolicy",
  "AWS::Cognito::UserPool",
  "AWS::Cognito::UserPoolClient",
  "AWS::Cognito::UserPoolDomain",
  "AWS::S3::BucketPolicy",
  "AWS::SES::ConfigurationSet",
  "AWS::SES::ConfigurationSetEventDestination",
  "AWS::SES::EmailIdentity",
  "Custom::CDKBucketDeployment",
];

/** Starts API Gateway, CloudFront, S3, Cognito, SES and SNS from the template. `users` may sign in at once. */
export async function startEdge(context: CloudContext, users: readonly SeedUser[] = []): Promise<Edge> {
  for (const type of handledTypes) context.handles(type);
  const ses = startSes(context);
  const sns = startSns(context);
  const cognito = await startCognito(context, users);
  const webSocket = startWebSocketApis(context);
  const http = startHttpApis(context, cognito.findIssuer);
  const s3 = startS3(context);
  deploySites(context, s3.store);
  const frontDoor = openFrontDoor(context, { s3, http, webSocket });
  return {
    webSocket,
    cognito,
    ses,
    s3,
    sns,
    async close() {
      await frontDoor.close();
      await webSocket.close();
      await cognito.close();
      await s3.close();
      await sns.close();
      await ses.close();
    },
  };
}
