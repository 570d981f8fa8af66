import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";
import { operations } from "../../lambdas/contracts/http.ts";
import { functionNameOf } from "../../lib/http-routes.ts";
import { actionsOf, synthesize } from "./synthesis.ts";

const { template, logicalIdOf, functions, variablesOf, statementsOf } = synthesize();
const resources = template.toJSON().Resources;
const routes: readonly Record<string, unknown>[] = Object.values(
  template.findResources("AWS::ApiGatewayV2::Route"),
).map(({ Properties }) => Properties);
const routeOf = (key: string) => routes.find(({ RouteKey }) => RouteKey === key);

/** The logical id of the function that a route's integration calls. */
function functionBehind(route: Record<string, unknown> | undefined): string {
  const target = JSON.stringify(route?.Target);
  const integration = Object.keys(resources).find(
    (id) => resources[id].Type === "AWS::ApiGatewayV2::Integration" && target.includes(`"${id}"`),
  );
  const uri = JSON.stringify(resources[integration ?? ""]?.Properties.IntegrationUri);
  return functions.map(({ node }) => logicalIdOf(node.id)).find((id) => uri.includes(`"${id}"`)) ?? "nothing";
}

describe("the HTTP API", () => {
  it.each(Object.entries(operations))("routes %s to its function, with the login that it asks for", (id, operation) => {
    const route = routeOf(`${operation.method} ${operation.path}`);
    const name = functionNameOf(id as keyof typeof operations).replace(/(?:^|-)([a-z])/g, (_, letter: string) =>
      letter.toUpperCase(),
    );
    expect(functionBehind(route)).toBe(logicalIdOf(name));
    const needsLogin = ["login", "agent", "owner"].includes(operation.access);
    expect(route?.AuthorizationType).toBe(needsLogin ? "JWT" : "NONE");
    expect(variablesOf(name)).toContain("ORIGIN_SECRET_ARN");
  });

  it("has no routes but those of the contract and of the sockets", () => {
    expect(routes).toHaveLength(Object.keys(operations).length + 3);
  });

  it("accepts tokens of the agents' pool for the dashboard's client only", () => {
    template.resourceCountIs("AWS::Cognito::UserPoolClient", 1);
    const client = Object.keys(template.findResources("AWS::Cognito::UserPoolClient"))[0];
    template.hasResourceProperties("AWS::ApiGatewayV2::Authorizer", {
      AuthorizerType: "JWT",
      JwtConfiguration: { Audience: [{ Ref: client }], Issuer: Match.anyValue() },
    });
  });

  it("is throttled and logs neither paths nor addresses", () => {
    const format = Match.serializedJson(Match.not(Match.objectLike({ path: Match.anyValue() })));
    template.hasResourceProperties("AWS::ApiGatewayV2::Stage", {
      StageName: "$default",
      DefaultRouteSettings: { ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1_000 },
      AccessLogSettings: { Format: format },
    });
    const { Format } = Object.values(template.findResources("AWS::ApiGatewayV2::Stage"))
      .map(({ Properties }) => Properties.AccessLogSettings)
      .find((settings) => settings !== undefined);
    expect(Format).not.toMatch(/path|sourceIp|header|authorizer/i);
  });
});

describe("the WebSocket API", () => {
  it("opens a socket for a ticket in the query string", () => {
    template.hasResourceProperties("AWS::ApiGatewayV2::Authorizer", {
      AuthorizerType: "REQUEST",
      IdentitySource: ["route.request.querystring.ticket"],
    });
    expect(routeOf("$connect")?.AuthorizationType).toBe("CUSTOM");
  });

  it.each([
    ["$connect", "OpenSocket"],
    ["$disconnect", "CloseSocket"],
    ["$default", "HandleSocketMessage"],
  ])("sends %s to %s", (key, id) => {
    expect(functionBehind(routeOf(key))).toBe(logicalIdOf(id));
  });

  it("returns the reply of $default to the sender", () => {
    const [id] = Object.entries(template.findResources("AWS::ApiGatewayV2::Route")).find(
      ([, { Properties }]) => Properties.RouteKey === "$default",
    ) ?? [""];
    template.hasResourceProperties("AWS::ApiGatewayV2::RouteResponse", {
      RouteId: { Ref: id },
      RouteResponseKey: "$default",
    });
    expect(routeOf("$default")?.RouteResponseSelectionExpression).toBe("$default");
  });

  it("has one stage, live, that is throttled", () => {
    template.hasResourceProperties("AWS::ApiGatewayV2::Stage", {
      StageName: "live",
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1_000 },
    });
  });

  it("lets those push who know its address, and nobody else", () => {
    const knowing = functions.filter(({ node }) => variablesOf(node.id).includes("SOCKET_ENDPOINT"));
    const pushing = functions.filter(({ node }) =>
      actionsOf(statementsOf(node.id)).includes("execute-api:ManageConnections"),
    );
    expect(knowing.map(({ node }) => node.id)).toEqual(pushing.map(({ node }) => node.id));
    expect(knowing.length).toBeGreaterThan(0);
  });
});
