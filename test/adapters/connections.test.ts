import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GoneException,
  PostToConnectionCommand,
} from "@aws-sdk/client-apigatewaymanagementapi";
import { mockClient } from "aws-sdk-client-mock";
import { expect, test } from "vitest";
import { createConnections } from "../../lambdas/adapters/connections.ts";

const frame = { type: "closed", code: "link_revoked", message: "bye" } as const;
const client = mockClient(ApiGatewayManagementApiClient);
const connections = createConnections(
  new ApiGatewayManagementApiClient({ region: "eu-west-1", endpoint: "https://abc.example/live" }),
);

test("a post tells delivered, gone and failed apart", async () => {
  client.reset();
  const gone = new GoneException({ $metadata: {}, message: "gone" });
  client
    .on(PostToConnectionCommand)
    .resolvesOnce({})
    .rejectsOnce(gone)
    .rejects(Object.assign(new Error("full"), { name: "LimitExceededException" }));
  const results = [];
  for (let n = 0; n < 3; n += 1) results.push(await connections.post("socket-1", frame));
  expect(results).toEqual(["delivered", "gone", "failed"]);
  expect(client.commandCalls(PostToConnectionCommand)[0]?.args[0].input).toEqual({
    ConnectionId: "socket-1",
    Data: JSON.stringify(frame),
  });
});

test("closing a socket that is gone succeeds", async () => {
  client.reset();
  client.on(DeleteConnectionCommand).rejects(new GoneException({ $metadata: {}, message: "gone" }));
  await connections.close("socket-1");
  expect(client.commandCalls(DeleteConnectionCommand)).toHaveLength(1);
});
