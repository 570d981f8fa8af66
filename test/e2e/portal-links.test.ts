import { describe, expect, it } from "vitest";
import type { ReplyOf } from "../../lambdas/contracts/http.ts";
import { eventually, withDemo } from "./demo.ts";
import { Agent, call, mustCall, newId, TestSocket, Visitor } from "./people.ts";

const demo = withDemo();

async function anEscalatedConversation() {
  const visitor = await Visitor.arrives(demo());
  await visitor.escalates("ada@example.com");
  const agent = await Agent.signsIn(demo());
  const links = `${agent.base}/conversations/${visitor.conversationId}/links`;
  const link = (role: "agent" | "customer") =>
    mustCall<ReplyOf<"createLink">>(demo(), "POST", links, {
      token: agent.token,
      body: { role, recipient: "ada@example.com" },
    });
  return { visitor, agent, links, link };
}

const openPortal = (url: string) =>
  call<ReplyOf<"openPortal"> & { error?: { code: string } }>(demo(), "POST", "/api/portal-sessions", {
    body: { token: new URL(url).hash.slice(1) },
  });

async function portalSocket(session: string): Promise<TestSocket> {
  const { ticket } = await mustCall<{ ticket: string }>(demo(), "POST", "/api/socket-tickets", {
    token: session,
    body: {},
  });
  const socket = await TestSocket.open(demo(), ticket);
  socket.send({ action: "hello", version: 1 });
  await socket.next("state");
  return socket;
}

describe("a portal link", () => {
  it("may be opened ten times by a scanner: nothing changes and it still works", async () => {
    const { visitor, agent, link } = await anEscalatedConversation();
    const { url } = await link("agent");
    const before = await agent.view(visitor.conversationId);
    for (let i = 0; i < 10; i++) {
      expect((await fetch(url)).status).toBe(200);
      expect((await openPortal(url)).status).toBe(200);
    }
    const after = await agent.view(visitor.conversationId);
    expect(after.entries).toEqual(before.entries);
    expect({ ...after.row, presentUntil: 0 }).toEqual({ ...before.row, presentUntil: 0 });
    expect(after.links.find(({ recipient }) => recipient === "ada@example.com")?.opened).toBe(10);
    const { body } = await openPortal(url);
    expect(body).toMatchObject({
      role: "agent",
      conversationId: visitor.conversationId,
      visitor: { lead: { name: "Ada Lovelace" } },
    });
    await portalSocket(body.session);
  });

  it("is refused at once when it is revoked, in the page and on its open socket", async () => {
    const { visitor, agent, links, link } = await anEscalatedConversation();
    const { url, link: made } = await link("agent");
    const { body } = await openPortal(url);
    const socket = await portalSocket(body.session);
    const revokedAt = Date.now();
    await mustCall(demo(), "DELETE", `${links}/${made.linkId}`, { token: agent.token });
    await socket.next("closed", ({ code }) => code === "link_revoked");
    await eventually(() => expect(socket.closedWith).toBeDefined(), 5_000);
    expect(Date.now() - revokedAt).toBeLessThan(5_000);
    expect(await openPortal(url)).toMatchObject({ status: 410, body: { error: { code: "link_revoked" } } });
    // The session is still running, but it opens nothing any more: neither over HTTPS nor with a new socket.
    const path = `/api/conversations/${visitor.conversationId}/actions`;
    const polled = await call(demo(), "POST", path, { token: body.session, body: { action: "hello", version: 1 } });
    expect([polled.status, polled.body.error.code]).toEqual([410, "link_revoked"]);
    const { ticket } = await mustCall<{ ticket: string }>(demo(), "POST", "/api/socket-tickets", {
      token: body.session,
      body: {},
    });
    const another = await TestSocket.open(demo(), ticket);
    another.send({ action: "hello", version: 1 });
    expect((await another.next("error")).code).toBe("link_revoked");
  });

  it("gives way to its successor when it is rotated", async () => {
    const { agent, links, link } = await anEscalatedConversation();
    const { url, link: made } = await link("customer");
    const next = await mustCall<ReplyOf<"rotateLink">>(demo(), "POST", `${links}/${made.linkId}/rotation`, {
      token: agent.token,
      body: {},
    });
    expect((await openPortal(url)).body).toMatchObject({ error: { code: "link_revoked" } });
    expect((await openPortal(next.url)).status).toBe(200);
    expect(next.link).toMatchObject({ role: "customer", recipient: "ada@example.com" });
  });

  it("expires", async () => {
    const { link } = await anEscalatedConversation();
    const { url } = await link("customer");
    await demo().advance(31 * 24 * 60 * 60 * 1000);
    expect(await openPortal(url)).toMatchObject({ status: 410, body: { error: { code: "link_expired" } } });
  });

  it("of a customer can do nothing of an agent's", async () => {
    const { visitor, agent, links, link } = await anEscalatedConversation();
    const { body } = await openPortal((await link("customer")).url);
    expect(body).not.toHaveProperty("visitor");
    const path = `/api/conversations/${visitor.conversationId}/actions`;
    const taken = await call(demo(), "POST", path, { token: body.session, body: { action: "takeOver", id: newId() } });
    expect(taken).toMatchObject({ status: 403, body: { error: { code: "forbidden" } } });
    for (const [method, url, sent] of [
      ["GET", `${agent.base}/conversations/${visitor.conversationId}`, undefined],
      ["GET", `${agent.base}/conversations`, undefined],
      ["GET", `${agent.base}/settings`, undefined],
      ["POST", links, { role: "agent", recipient: "me@example.com" }],
      ["POST", `${agent.base}/socket-tickets`, {}],
    ] as const) {
      expect((await call(demo(), method, url, { token: body.session, ...(sent ? { body: sent } : {}) })).status).toBe(
        401,
      );
    }
    const { conversationId: other } = await Visitor.arrives(demo());
    const foreign = await call(demo(), "POST", `/api/conversations/${other}/actions`, {
      token: body.session,
      body: { action: "hello", version: 1 },
    });
    expect([403, 404]).toContain(foreign.status);
  });
});

describe("another chatbot's agent", () => {
  it("sees and does nothing", async () => {
    const { visitor, links } = await anEscalatedConversation();
    const stranger = await Agent.signsIn(demo(), "agent@acme.test");
    const theirs = `/api/chatbots/demo`;
    for (const [method, path, body] of [
      ["GET", `${theirs}/conversations`, undefined],
      ["GET", `${theirs}/conversations/${visitor.conversationId}`, undefined],
      ["POST", `${theirs}/conversations/${visitor.conversationId}/actions`, { action: "takeOver", id: newId() }],
      ["POST", links, { role: "agent", recipient: "me@example.com" }],
      ["POST", `${theirs}/socket-tickets`, {}],
      ["GET", `${theirs}/settings`, undefined],
      ["GET", `${theirs}/members`, undefined],
    ] as const) {
      const { status } = await call(demo(), method, path, { token: stranger.token, ...(body ? { body } : {}) });
      expect([403, 404], `${method} ${path}`).toContain(status);
    }
    const own = await call<ReplyOf<"listConversations">>(demo(), "GET", "/api/chatbots/acme/conversations?filter=all", {
      token: stranger.token,
    });
    expect(own.body.rows.map(({ conversationId }) => conversationId)).not.toContain(visitor.conversationId);
    expect(await stranger.act(visitor.conversationId, { action: "takeOver", id: newId() })).toMatchObject({
      status: 404,
      body: { error: { code: "not_found" } },
    });
    const socket = await stranger.socket();
    socket.send({ action: "hello", version: 1, conversationId: visitor.conversationId });
    await socket.next("error", ({ code }) => code === "not_found");
  });
});
