import { createClient } from "node-zendesk";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startZendesk, type ZendeskStub } from "../../local/stubs/zendesk.ts";
import { type EdgeContext, edgeContext } from "./edge-context.ts";

let context: EdgeContext;
let zendesk: ZendeskStub;

beforeEach(async () => {
  context = await edgeContext({ resources: {} });
  zendesk = await startZendesk(context);
});

afterEach(async () => {
  await zendesk.close();
  await context.close();
});

const client = (token = "any", subdomain = "acme") =>
  createClient({
    username: "agent@acme.com",
    token,
    subdomain,
    endpointUri: `${zendesk.baseUrl}/api/v2`,
    customHeaders: { "x-forwarded-host": `${subdomain}.zendesk.com` },
  } as Parameters<typeof createClient>[0]);

const ticket = {
  subject: "Help",
  external_id: "conversation-42",
  requester: { name: "Ada", email: "ada@example.com" },
  comment: { body: "The whole history" },
};

function post(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const authorization = `Basic ${Buffer.from("agent@acme.com/token:t").toString("base64")}`;
  return fetch(`${zendesk.baseUrl}/api/v2/tickets.json`, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { authorization, "content-type": "application/json", "x-forwarded-host": "acme.zendesk.com", ...headers },
  });
}

test("a ticket is created, updated, found and read with its comments", async () => {
  expect(context.egress.get("*.zendesk.com")).toBe(zendesk.baseUrl);
  const api = client();
  const created = (await api.tickets.create({ ticket })) as { result?: { id: number }; id?: number };
  const id = created.result?.id ?? created.id ?? 0;
  await api.tickets.update(id, { ticket: { status: "open", comment: { body: "An internal note", public: false } } });
  const [kept] = zendesk.tickets.list("acme");
  expect(kept).toMatchObject({ id, status: "open", external_id: "conversation-42", subject: "Help" });
  expect(kept?.comments.map((one) => [one.body, one.public])).toEqual([
    ["The whole history", true],
    ["An internal note", false],
  ]);
  const comments = (await api.tickets.getComments(id)) as unknown[];
  expect(JSON.stringify(comments)).toContain("An internal note");
  const me = (await api.users.me()) as { result?: { email?: string } };
  expect(me.result?.email).toBe("agent@acme.com");
  await expect(client("any", "other").tickets.show(id)).rejects.toThrow("(404)");
});

test("a ticket is found by its external id and by search", async () => {
  await post({ ticket });
  await post({ ticket: { ...ticket, external_id: "other" } });
  const headers = { authorization: "Bearer t", "x-forwarded-host": "acme.zendesk.com" };
  const read = async (path: string) => (await fetch(zendesk.baseUrl + path, { headers })).json();
  const byId = await read("/api/v2/tickets.json?external_id=conversation-42");
  expect([byId.count, byId.tickets[0].external_id]).toEqual([1, "conversation-42"]);
  const found = await read(`/api/v2/search.json?query=${encodeURIComponent("type:ticket external_id:other help")}`);
  expect([found.count, found.results[0].result_type]).toEqual([1, "ticket"]);
});

test("the same idempotency key makes one ticket, with another body it is refused, and later it is forgotten", async () => {
  const headers = { "idempotency-key": "k1" };
  const first = await post({ ticket }, headers);
  const second = await post({ ticket }, headers);
  expect([first.headers.get("x-idempotency-lookup"), second.headers.get("x-idempotency-lookup")]).toEqual([
    "miss",
    "hit",
  ]);
  expect((await first.json()).ticket.id).toBe((await second.json()).ticket.id);
  expect((await post({ ticket: { ...ticket, subject: "Other" } }, headers)).status).toBe(400);
  expect(zendesk.tickets.list()).toHaveLength(1);
  await context.clock.advance(2 * 60 * 60_000);
  await post({ ticket }, headers);
  expect(zendesk.tickets.list()).toHaveLength(2);
});

test("wrong credentials, a bad requester and a missing comment are refused", async () => {
  await expect(client("wrong").users.me()).rejects.toThrow("(401)");
  expect((await post({ ticket }, { authorization: "Bearer wrong" })).status).toBe(401);
  const bad = await post({ ticket: { ...ticket, requester: { email: "not an address" } } });
  expect([bad.status, (await bad.json()).error]).toEqual([422, "RecordInvalid"]);
  expect((await post({ ticket: { subject: "empty" } })).status).toBe(422);
  expect(zendesk.tickets.list()).toEqual([]);
});

test("a fault answers with its status and Retry-After", async () => {
  context.faults.add({
    kind: "egress.error",
    match: { host: "acme.zendesk.com" },
    options: { status: 429, retryAfter: 7 },
  });
  const refused = await post({ ticket });
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "7"]);
  expect((await post({ ticket })).status).toBe(201);
});
