import { describe, expect, test } from "vitest";
import { DomainError } from "../../lambdas/domain/errors.ts";
import { type Call, type HttpEdge, httpHandler } from "../../lambdas/runtime/http-handler.ts";
import { createMemoryMembers } from "../../lambdas/store/memory/members.ts";
import { fakeLog } from "../lambdas/chat-world.ts";
import { clock, httpEvent, lambdaContext, originSecret, tokens } from "./edge-events.ts";

async function anEdge() {
  const members = createMemoryMembers();
  const log = fakeLog();
  await members.put({ agentId: "sub-ada", chatbotId: "shop", role: "agent", email: "ada@example.com", name: "Ada" });
  const edge: HttpEdge = { originSecret, identity: () => ({ tokens, members }), log };
  return { edge, log, members };
}

const codeOf = (reply: { body?: string | undefined }): unknown => JSON.parse(reply.body ?? "{}").error?.code;
const access = (sub: string) => ({ sub, token_use: "access" });
const lead = { email: "cara@example.com" };

/** `saveLead` stands for the operations of sessions: its use case answers with what it was called with. */
async function saveLead(event: Parameters<typeof httpEvent>[0]) {
  const { edge, log } = await anEdge();
  const calls: Call<"saveLead">[] = [];
  const handler = httpHandler(
    "saveLead",
    async (call) => {
      calls.push(call);
      return { lead: call.body };
    },
    edge,
  );
  const session = await tokens.issueSession(visitor);
  const reply = await handler(
    httpEvent({
      pathParameters: { conversationId: visitor.conversationId },
      body: JSON.stringify(lead),
      ...event,
      headers: { authorization: `Bearer ${session}`, ...event?.headers },
    }),
    lambdaContext,
  );
  return { reply, calls, log };
}
const visitor = {
  kind: "visitor",
  chatbotId: "shop",
  conversationId: "conversation-1",
  visitorId: "visitor-1",
} as const;

async function viewConversation(event: Parameters<typeof httpEvent>[0]) {
  const { edge } = await anEdge();
  const handler = httpHandler("viewConversation", () => Promise.reject(new DomainError("not_found", "reached")), edge);
  const pathParameters = { chatbotId: "shop", conversationId: "conversation-1" };
  return handler(httpEvent({ pathParameters, ...event }), lambdaContext);
}

describe("a request that is in order", () => {
  test("reaches its use case with caller, path, body and viewer", async () => {
    const headers = { "cloudfront-viewer-address": "198.51.100.7:46532", "cloudfront-viewer-country": "DE" };
    const { reply, calls } = await saveLead({ headers });
    expect(reply).toEqual({
      statusCode: 200,
      headers: { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" },
      body: JSON.stringify({ lead }),
    });
    expect(calls).toEqual([
      {
        caller: visitor,
        path: { conversationId: "conversation-1" },
        query: undefined,
        body: lead,
        viewer: { ip: "198.51.100.7", country: "DE" },
      },
    ]);
  });

  test("may come as base64", async () => {
    const body = Buffer.from(JSON.stringify(lead)).toString("base64");
    expect((await saveLead({ body, isBase64Encoded: true })).calls[0]?.body).toEqual(lead);
  });
});

describe("a request is refused", () => {
  test.each([
    ["without the origin header", { headers: { "x-origin-verify": undefined } }, 403, "forbidden"],
    ["with a wrong origin header", { headers: { "x-origin-verify": "guess" } }, 403, "forbidden"],
    ["without a session", { headers: { authorization: undefined } }, 401, "unauthorized"],
    ["with a bent session", { headers: { authorization: "Bearer a.b.c" } }, 401, "unauthorized"],
    ["with broken JSON", { body: "{" }, 400, "bad_request"],
    ["with a prototype in its JSON", { body: '{"__proto__":{"admin":true}}' }, 400, "bad_request"],
    ["with an unknown field", { body: '{"role":"owner"}' }, 400, "bad_request"],
    ["with a body of more than 64 kB", { body: `{"notes":"${"x".repeat(64_000)}"}` }, 413, "too_large"],
    ["with a malformed id in its path", { pathParameters: { conversationId: "../etc" } }, 400, "bad_request"],
  ])("%s", async (_, event, status, code) => {
    const { reply, calls } = await saveLead(event as Parameters<typeof httpEvent>[0]);
    expect([reply.statusCode, codeOf(reply)]).toEqual([status, code]);
    expect(calls).toEqual([]);
  });

  test("for an expired session", async () => {
    const session = await tokens.issueSession(visitor, clock.now - 1000);
    const { reply } = await saveLead({ headers: { authorization: `Bearer ${session}` } });
    expect([reply.statusCode, codeOf(reply)]).toEqual([401, "unauthorized"]);
  });

  test.each([
    ["without a login", undefined, 401, "unauthorized"],
    ["with an id token instead of an access token", { sub: "sub-ada", token_use: "id" }, 401, "unauthorized"],
    ["of somebody who is no member, as if the chatbot did not exist", access("sub-eve"), 404, "not_found"],
  ])("%s", async (_, claims, status, code) => {
    const reply = await viewConversation(claims === undefined ? {} : { claims });
    expect([reply.statusCode, codeOf(reply)]).toEqual([status, code]);
    expect(reply.body).not.toContain("reached");
  });

  test("of an agent where an owner is needed", async () => {
    const { edge } = await anEdge();
    const handler = httpHandler("listMembers", async () => ({ members: [] }), edge);
    const event = httpEvent({ pathParameters: { chatbotId: "shop" }, claims: access("sub-ada") });
    expect(codeOf(await handler(event, lambdaContext))).toBe("forbidden");
  });

  test("for a query that is not in the contract, naming its fields", async () => {
    const reply = await viewConversation({
      claims: access("sub-ada"),
      queryStringParameters: { before: "minus one" },
    });
    expect(JSON.parse(reply.body ?? "")).toMatchObject({
      error: { code: "bad_request", fields: [{ path: "before" }] },
    });
  });
});

test("a member's request reaches the use case of their chatbot", async () => {
  const reply = await viewConversation({ claims: access("sub-ada") });
  expect(reply.body).toContain("reached");
});

test("an unexpected error says nothing but the request's id, and is logged without its message", async () => {
  const { edge, log } = await anEdge();
  const handler = httpHandler("readWidget", () => Promise.reject(new TypeError("cara@example.com is undefined")), edge);
  const reply = await handler(httpEvent({ pathParameters: { chatbotId: "shop" } }), lambdaContext);
  expect(reply.statusCode).toBe(500);
  expect(reply.body).toContain("request-1");
  expect(reply.body).not.toContain("cara");
  expect(log.lines).toMatchObject([{ level: "error", code: "unexpected_error", facts: { requestId: "request-1" } }]);
});

test("an unknown action over HTTPS is called by its name", async () => {
  const { edge } = await anEdge();
  const handler = httpHandler("actOnConversation", () => Promise.reject(new Error("reached")), edge);
  const session = await tokens.issueSession(visitor);
  const event = httpEvent({
    pathParameters: { conversationId: "conversation-1" },
    headers: { authorization: `Bearer ${session}` },
    body: '{"action":"delete"}',
  });
  expect(codeOf(await handler(event, lambdaContext))).toBe("unknown_action");
});
