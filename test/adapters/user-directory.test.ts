import {
  AdminCreateUserCommand,
  CognitoIdentityProviderClient,
  ListUsersCommand,
  UsernameExistsException,
} from "@aws-sdk/client-cognito-identity-provider";
import { mockClient } from "aws-sdk-client-mock";
import { beforeEach, expect, test } from "vitest";
import { createUserDirectory } from "../../lambdas/adapters/user-directory.ts";

const client = mockClient(CognitoIdentityProviderClient);
const directory = createUserDirectory(new CognitoIdentityProviderClient({ region: "eu-west-1" }), "pool");
const user = { Attributes: [{ Name: "sub", Value: "sub-ada" }] };

beforeEach(() => client.reset());

test("somebody who is known is not invited again", async () => {
  client.on(ListUsersCommand).resolves({ Users: [user] });
  expect(await directory.findOrInvite("Ada@Example.com", "Ada")).toBe("sub-ada");
  expect(client.commandCalls(ListUsersCommand)[0]?.args[0].input.Filter).toBe('email = "ada@example.com"');
  expect(client.commandCalls(AdminCreateUserCommand)).toHaveLength(0);
});

test("somebody new gets an invitation by mail", async () => {
  client.on(ListUsersCommand).resolves({ Users: [] });
  client.on(AdminCreateUserCommand).resolves({ User: user });
  expect(await directory.findOrInvite("ada@example.com", "Ada")).toBe("sub-ada");
  expect(client.commandCalls(AdminCreateUserCommand)[0]?.args[0].input).toMatchObject({
    Username: "ada@example.com",
    DesiredDeliveryMediums: ["EMAIL"],
  });
});

test("two invitations at once end with one user", async () => {
  client
    .on(ListUsersCommand)
    .resolvesOnce({ Users: [] })
    .resolves({ Users: [user] });
  client.on(AdminCreateUserCommand).rejects(new UsernameExistsException({ $metadata: {}, message: "exists" }));
  expect(await directory.findOrInvite("ada@example.com", "Ada")).toBe("sub-ada");
});

test("an address can't leave the quotes of the filter", async () => {
  client.on(ListUsersCommand).resolves({ Users: [user] });
  await directory.findOrInvite('a" or "b\\', "Eve");
  expect(client.commandCalls(ListUsersCommand)[0]?.args[0].input.Filter).toBe('email = "a\\" or \\"b\\\\"');
});
