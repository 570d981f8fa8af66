import { describe, expect, it } from "vitest";
import { createZendesk, type NewTicket } from "../../lambdas/adapters/zendesk.ts";

const account = { subdomain: "fernweh", user: "bot@example.com", token: "secret" };
const ticket: NewTicket = {
  externalId: "livechat:demo:c1:2",
  subject: "Hello",
  note: "note",
  requester: { name: "Ada", email: "ada@example.com" },
  tags: ["live-chat"],
};

function zendeskThat(answers: (request: { url: URL; init: RequestInit }) => Response | Promise<Response>) {
  const requests: { url: URL; init: RequestInit }[] = [];
  const fetch = async (url: unknown, init: RequestInit = {}) => {
    const request = { url: new URL(String(url)), init };
    requests.push(request);
    return answers(request);
  };
  return { zendesk: createZendesk({ fetch: fetch as typeof globalThis.fetch, timeoutMs: 50 }), requests };
}
const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json", ...headers } });

describe("the Zendesk client", () => {
  it("creates an internal note with an idempotency key, authenticated by the API token", async () => {
    const { zendesk, requests } = zendeskThat(() => json(201, { ticket: { id: 42 } }));
    expect(await zendesk.create(account, ticket)).toEqual({ kind: "ticket", ticketId: "42" });
    const { url, init } = requests[0] ?? expect.fail();
    expect(url.href).toMatch(/^https:\/\/fernweh\.zendesk\.com\/api\/v2\/tickets(\.json)?$/);
    const headers = new Headers(init.headers);
    expect(headers.get("idempotency-key")).toBe("livechat:demo:c1:2");
    expect(atob(headers.get("authorization")?.slice("Basic ".length) ?? "")).toBe("bot@example.com/token:secret");
    expect(JSON.parse(String(init.body))).toEqual({
      ticket: {
        external_id: "livechat:demo:c1:2",
        subject: "Hello",
        comment: { body: "note", public: false },
        requester: { name: "Ada", email: "ada@example.com" },
        tags: ["live-chat"],
      },
    });
    expect(init.redirect).toBe("manual");
  });

  it("looks a ticket up by its external id", async () => {
    const { zendesk, requests } = zendeskThat(() => json(200, { tickets: [{ id: 7 }] }));
    expect(await zendesk.find(account, "livechat:demo:c1:2")).toEqual({ kind: "ticket", ticketId: "7" });
    expect(requests[0]?.url.searchParams.get("external_id")).toBe("livechat:demo:c1:2");
    const none = zendeskThat(() => json(200, { tickets: [] }));
    expect(await none.zendesk.find(account, "x")).toEqual({ kind: "none" });
  });

  it.each([
    [401, /user or API token/],
    [403, /agent's role/],
    [404, /subdomain/],
    [422, /did not accept the ticket/],
    [302, /moved/],
  ])("says what to do on %d", async (status, advice) => {
    const { zendesk } = zendeskThat(() => json(status, { error: "Some", description: "ada@example.com" }));
    const outcome = await zendesk.create(account, ticket);
    expect(outcome).toMatchObject({ kind: "refused", detail: expect.stringMatching(advice) });
    expect(JSON.stringify(outcome)).not.toContain("ada@example.com");
  });

  it("reads when to come back", async () => {
    const { zendesk } = zendeskThat(() => json(429, {}, { "retry-after": "37" }));
    expect(await zendesk.create(account, ticket)).toEqual({ kind: "limited", retryAfterSeconds: 37 });
    const silent = zendeskThat(() => json(429, {}));
    expect(await silent.zendesk.create(account, ticket)).toEqual({ kind: "limited", retryAfterSeconds: 60 });
  });

  it.each([500, 502, 503, 504, 409])("does not take %d for a ticket", async (status) => {
    const { zendesk } = zendeskThat(() => new Response("<html>", { status }));
    expect((await zendesk.create(account, ticket)).kind).toBe("unavailable");
  });

  it("is not confused by a success that carries Retry-After", async () => {
    const { zendesk } = zendeskThat(() => json(201, { ticket: { id: 1 } }, { "retry-after": "1" }));
    expect(await zendesk.create(account, ticket)).toEqual({ kind: "ticket", ticketId: "1" });
  });

  it("ends a request that gets no answer", async () => {
    const { zendesk } = zendeskThat(
      ({ init }) =>
        new Promise((_, reject) => init.signal?.addEventListener("abort", () => reject(init.signal?.reason))),
    );
    expect((await zendesk.create(account, ticket)).kind).toBe("unavailable");
  });

  it("takes a success without a ticket as not available", async () => {
    const { zendesk } = zendeskThat(() => json(200, { hello: 1 }));
    expect((await zendesk.create(account, ticket)).kind).toBe("unavailable");
  });
});

describe("adding to a ticket", () => {
  const addition = { note: "CUSTOMER\nName: Ada", requester: { name: "Ada", email: "ada@example.com" }, again: false };

  it("changes the requester with an internal note", async () => {
    const { zendesk, requests } = zendeskThat(() => json(200, { ticket: { id: 42 } }));
    expect(await zendesk.add(account, "42", addition)).toEqual({ kind: "ticket", ticketId: "42" });
    const { url, init } = requests[0] ?? expect.fail();
    expect([init.method, url.pathname]).toEqual(["PUT", "/api/v2/tickets/42.json"]);
    expect(JSON.parse(String(init.body))).toEqual({
      ticket: { comment: { body: addition.note, public: false }, requester: addition.requester },
    });
  });

  it("looks for its own note first when an earlier attempt may have succeeded", async () => {
    const comments = [{ body: "The conversation" }, { body: `${addition.note}\n` }];
    const { zendesk, requests } = zendeskThat(() => json(200, { comments, count: 2, next_page: null }));
    expect(await zendesk.add(account, "42", { ...addition, again: true })).toEqual({ kind: "ticket", ticketId: "42" });
    expect(requests.map(({ init }) => init.method)).toEqual(["GET"]);
    const without = zendeskThat(({ init }) =>
      init.method === "GET"
        ? json(200, { comments: [], count: 0, next_page: null })
        : json(200, { ticket: { id: 42 } }),
    );
    await without.zendesk.add(account, "42", { ...addition, again: true });
    expect(without.requests.map(({ init }) => init.method)).toEqual(["GET", "PUT"]);
  });

  it("says why it was refused", async () => {
    const { zendesk } = zendeskThat(() => json(403, { error: "Forbidden" }));
    expect(await zendesk.add(account, "42", addition)).toMatchObject({ kind: "refused" });
  });
});
