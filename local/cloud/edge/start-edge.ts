import type { CloudContext, Part } from "../service.ts";
import { type Cognito, startCognito } from "./cognito.ts";
import type { SeedUser } from "./cognito-users.ts";
import { openFrontDoor } from "./front-door.ts";
import { startHttpApis } from "./http-api.ts";
import { type Ses, startSes } from "./ses.ts";
import { deploySites, type SiteBuckets } from "./site-bucket.ts";
import { startWebSocketApis, type WebSocketApis } from "./websocket-api.ts";

/** Everything between a browser or a mail reader and the functions. */
export interface Edge extends Part {
  readonly webSocket: WebSocketApis;
  readonly cognito: Cognito;
  readonly ses: Ses;
  readonly sites: SiteBuckets;
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
  "AWS::S3::Bucket",
  "AWS::S3::BucketPolicy",
  "AWS::SES::ConfigurationSet",
  "AWS::SES::ConfigurationSetEventDestination",
  "AWS::SES::EmailIdentity",
  "Custom::CDKBucketDeployment",
];

/** Starts API Gateway, CloudFront with its buckets, Cognito and SES from the template. `users` may sign in at once. */
export async function startEdge(context: CloudContext, users: readonly SeedUser[] = []): Promise<Edge> {
  for (const type of handledTypes) context.handles(type);
  const ses = startSes(context);
  const cognito = await startCognito(context, users);
  const webSocket = startWebSocketApis(context);
  const http = startHttpApis(context, cognito.findIssuer);
  const sites = deploySites(context);
  const frontDoor = openFrontDoor(context, { buckets: sites, http, webSocket });
  return {
    webSocket,
    cognito,
    ses,
    sites,
    async close() {
      await frontDoor.close();
      await webSocket.close();
      await cognito.close();
      await ses.close();
    },
  };
}
