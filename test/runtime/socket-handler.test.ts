import type { APIGatewayRequestAuthorizerEvent } from "aws-lambda";
import { describe, expect, test } from "vitest";
import { limits } from "../../lambdas/contracts/limits.ts";
import { DomainError } from "../../lambdas/domain/errors.ts";
import { authorizerHandler } from "../../lambdas/runtime/authorizer-handler.ts";
import { type SocketCall, socketHandler } from "../../lambdas/runtime/socket-handler.ts";
import { authorizeSocket } from "../../lambdas/socket/authorize-socket.ts";
import { issueTicket } from "../../lambdas/socket/issue-ticket.ts";
import { createMemoryTickets } from "../../lambdas/store/memory/members.ts";
import { fakeLog } from "../lambdas/chat-world.ts";
import { clock, lambdaContext, originSecret, originSecretValue, socketEvent, tokens } from "./edge-events.ts";

const agent = { kind: "agent", agentId: "sub-ada", chatbotId: "shop", name: "Ada Löwe", role: "agent" } as const;
const context = { ...agent, principalId: "sub-ada", integrationLatency: 7 };

async function receive(body: string, authorizer: Record<string, unknown> | undefined = context) {
  const calls: SocketCall[] = [];
  const handler = socketHandler(async (call) => {
    calls.push(call);
    if (call.action.action === "end") throw new DomainError("illegal_transition", "not now");
    return { type: "present", now: 1, presentUntil: 2 };
  }, fakeLog());
  const reply = await handler(socketEvent(body, authorizer), lambdaContext);
  if (typeof reply !== "object" || reply.statusCode !== 200) throw new Error("a socket's reply is always 200");
  return { calls, frame: JSON.parse(reply.body ?? "null") as Record<string, unknown> };
}

describe("a message through a socket", () => {
  test("reaches the use case with the identity of $connect, and its reply goes back", async () => {
    const { calls, frame } = await receive('{"action":"heartbeat"}');
    expect(calls).toEqual([{ caller: agent, connectionId: "socket-1", action: { action: "heartbeat" } }]);
    expect(frame).toEqual({ type: "present", now: 1, presentUntil: 2 });
  });

  test("that is refused names the action, its id and its conversation", async () => {
    const { frame } = await receive('{"action":"end","id":"end-00001","conversationId":"conversation-1"}');
    expect(frame).toEqual({
      type: "error",
      code: "illegal_transition",
      message: "not now",
      action: "end",
      id: "end-00001",
      conversationId: "conversation-1",
    });
  });

  test.each([
    ["no JSON", "hello", "bad_request"],
    ["a list", "[]", "bad_request"],
    ["null", "null", "bad_request"],
    ["an unknown action", '{"action":"drop"}', "unknown_action"],
    ["an inherited name as action", '{"action":"toString"}', "unknown_action"],
    ["a field too many", '{"action":"heartbeat","admin":true}', "bad_request"],
    ["a text of spaces", '{"action":"send","id":"message-1","text":"  "}', "bad_request"],
    ["a text that is too long", `{"action":"send","id":"message-1","text":"${"x".repeat(4001)}"}`, "bad_request"],
    ["too many bytes", `{"action":"${"ä".repeat(limits.socketMessageBytes / 2)}"}`, "too_large"],
    ["a wrong version", '{"action":"hello","version":2}', "bad_request"],
  ])("with %s is refused", async (_, body, code) => {
    const { calls, frame } = await receive(body);
    expect(frame).toMatchObject({ type: "error", code });
    expect(calls).toEqual([]);
  });

  test("without an identity is refused", async () => {
    expect((await receive('{"action":"heartbeat"}', {})).frame).toMatchObject({ code: "unauthorized" });
    const bent = { ...context, role: "admin" };
    expect((await receive('{"action":"heartbeat"}', bent)).frame).toMatchObject({ code: "unauthorized" });
  });
});

describe("opening a socket", () => {
  const methodArn = "arn:aws:execute-api:eu-west-1:111122223333:abc/live/$connect";
  function aDoor() {
    const tickets = createMemoryTickets();
    const handler = authorizerHandler((ticket) => authorizeSocket({ tokens, tickets }, ticket), {
      originSecret,
      log: fakeLog(),
    });
    return (ticket: string | undefined, headers: Record<string, string> = { "X-Origin-Verify": originSecretValue }) =>
      handler({
        headers,
        queryStringParameters: ticket === undefined ? {} : { ticket },
        methodArn,
        requestContext: { requestId: "request-1" },
      } as unknown as APIGatewayRequestAuthorizerEvent);
  }
  let made = 0;
  const aTicket = async () => (await issueTicket({ tokens, ids: { newId: () => `ticket-${++made}` } }, agent)).ticket;

  test("with a ticket carries the caller in a flat context of strings", async () => {
    const verdict = await aDoor()(await aTicket());
    expect(verdict).toEqual({
      principalId: "sub-ada",
      policyDocument: {
        Version: "2012-10-17",
        Statement: [{ Action: "execute-api:Invoke", Effect: "Allow", Resource: methodArn }],
      },
      context: agent,
    });
  });

  test("works once with each ticket", async () => {
    const open = aDoor();
    const ticket = await aTicket();
    await open(ticket);
    await expect(open(ticket)).rejects.toThrow(/^Unauthorized$/);
  });

  test("is refused without a ticket, with a bent one, with an old one, and with a session", async () => {
    const open = aDoor();
    await expect(open(undefined)).rejects.toThrow(/^Unauthorized$/);
    await expect(open("a.b.c")).rejects.toThrow(/^Unauthorized$/);
    const session = await tokens.issueSession({
      kind: "visitor",
      chatbotId: "shop",
      conversationId: "conversation-1",
      visitorId: "visitor-1",
    });
    await expect(open(session)).rejects.toThrow(/^Unauthorized$/);
    const old = await aTicket();
    clock.now += 61_000;
    await expect(open(old)).rejects.toThrow(/^Unauthorized$/);
  });

  test("around CloudFront is denied, and the ticket stays unused", async () => {
    const open = aDoor();
    const ticket = await aTicket();
    expect((await open(ticket, {})).policyDocument.Statement).toMatchObject([{ Effect: "Deny" }]);
    expect((await open(ticket)).policyDocument.Statement).toMatchObject([{ Effect: "Allow" }]);
  });
});
