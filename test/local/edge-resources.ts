import type { RawResource } from "../../local/cloud/intrinsics.ts";

type Resources = Record<string, RawResource>;

const lambda = (name: string) => ({ "Fn::GetAtt": [name, "Arn"] });
const lambdaUri = (name: string) => ({
  "Fn::Join": ["", ["arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/", lambda(name), "/invocations"]],
});

/** Functions as the template names them. */
export function functions(...names: string[]): Resources {
  return Object.fromEntries(names.map((name) => [name, { Type: "AWS::Lambda::Function", Properties: {} }]));
}

/** A route and its integration: the logical ids are made from `name`. */
export function route(api: string, name: string, key: string, handler: string, more: object = {}): Resources {
  const integration = { ApiId: { Ref: api }, IntegrationType: "AWS_PROXY", IntegrationUri: lambdaUri(handler) };
  return {
    [`${name}Integration`]: {
      Type: "AWS::ApiGatewayV2::Integration",
      Properties: { ...integration, PayloadFormatVersion: api === "Http" ? "2.0" : "1.0" },
    },
    [name]: {
      Type: "AWS::ApiGatewayV2::Route",
      Properties: {
        ApiId: { Ref: api },
        RouteKey: key,
        Target: { "Fn::Join": ["", ["integrations/", { Ref: `${name}Integration` }]] },
        ...more,
      },
    },
  };
}

/** A WebSocket API `Socket` with the stage `live`, an authorizer for `?ticket=`, and an answering route `send`. */
export function socketApi(stage: object = {}): Resources {
  return {
    ...functions("Guard", "Connect", "Message", "Quiet", "Disconnect"),
    Socket: {
      Type: "AWS::ApiGatewayV2::Api",
      Properties: { ProtocolType: "WEBSOCKET", RouteSelectionExpression: "$request.body.action" },
    },
    SocketGuard: {
      Type: "AWS::ApiGatewayV2::Authorizer",
      Properties: {
        ApiId: { Ref: "Socket" },
        AuthorizerType: "REQUEST",
        AuthorizerUri: lambdaUri("Guard"),
        IdentitySource: ["route.request.querystring.ticket"],
      },
    },
    SocketStage: {
      Type: "AWS::ApiGatewayV2::Stage",
      Properties: { ApiId: { Ref: "Socket" }, StageName: "live", ...stage },
    },
    ...route("Socket", "ConnectRoute", "$connect", "Connect", {
      AuthorizationType: "CUSTOM",
      AuthorizerId: { Ref: "SocketGuard" },
    }),
    ...route("Socket", "DisconnectRoute", "$disconnect", "Disconnect"),
    ...route("Socket", "SendRoute", "send", "Message", { RouteResponseSelectionExpression: "$default" }),
    SendResponse: {
      Type: "AWS::ApiGatewayV2::RouteResponse",
      Properties: { ApiId: { Ref: "Socket" }, RouteId: { Ref: "SendRoute" }, RouteResponseKey: "$default" },
    },
    ...route("Socket", "QuietRoute", "quiet", "Quiet"),
  };
}

/** An HTTP API `Http` on its `$default` stage. */
export function httpApi(properties: object = {}, stage: object = {}): Resources {
  return {
    Http: { Type: "AWS::ApiGatewayV2::Api", Properties: { ProtocolType: "HTTP", ...properties } },
    HttpStage: {
      Type: "AWS::ApiGatewayV2::Stage",
      Properties: { ApiId: { Ref: "Http" }, StageName: "$default", ...stage },
    },
  };
}

/** A user pool `Pool` with the client `Web` of the page at the front door. */
export function userPool(origin: string): Resources {
  return {
    Pool: {
      Type: "AWS::Cognito::UserPool",
      Properties: { UsernameAttributes: ["email"], AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } },
    },
    Web: {
      Type: "AWS::Cognito::UserPoolClient",
      Properties: {
        UserPoolId: { Ref: "Pool" },
        CallbackURLs: [`${origin}/callback`],
        LogoutURLs: [`${origin}/`],
        AllowedOAuthScopes: ["openid", "email"],
        AllowedOAuthFlows: ["code"],
      },
    },
  };
}
