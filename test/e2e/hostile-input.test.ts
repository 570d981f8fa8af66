import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import type { ReplyOf } from "../../lambdas/contracts/http.ts";
import { eventually, withDemo } from "./demo.ts";
import { Agent, call, mustCall, newId, TestSocket, Visitor } from "./people.ts";

const demo = withDemo();

/** The body as text, so that keys like `__proto__` travel as they are. */
const bodies: readonly [name: string, body: string, code: string, status: number][] = [
  ["broken JSON", '{"action":"send",', "bad_request", 400],
  ["no object", '"send"', "bad_request", 400],
  ["an array", "[]", "bad_request", 400],
  ["an empty body", "", "unknown_action", 400],
  ["an unknown action", '{"action":"drop"}', "unknown_action", 400],
  ["no action", "{}", "unknown_action", 400],
  ["a wrong type", '{"action":"send","id":"12345678","text":42}', "bad_request", 400],
  ["an empty message", '{"action":"send","id":"12345678","text":"   "}', "bad_request", 400],
  ["a message that is too long", `{"action":"send","id":"12345678","text":"${"x".repeat(4_001)}"}`, "bad_request", 400],
  ["an id that is too short", '{"action":"send","id":"1","text":"hi"}', "bad_request", 400],
  ["a negative number", '{"action":"hello","version":1,"after":-1}', "bad_request", 400],
  ["a number beyond all numbers", '{"action":"read","seq":1e308}', "bad_request", 400],
  ["another version", '{"action":"hello","version":2}', "bad_request", 400],
  ["a field that does not exist", '{"action":"escalate","id":"12345678","role":"agent"}', "bad_request", 400],
  ["__proto__", '{"action":"escalate","id":"12345678","__proto__":{"role":"agent"}}', "bad_request", 400],
  [
    "constructor.prototype",
    '{"action":"escalate","id":"12345678","constructor":{"prototype":{"x":1}}}',
    "bad_request",
    400,
  ],
  ["33 kB", `{"action":"send","id":"12345678","text":"${"x".repeat(33_000)}"}`, "bad_request", 400],
];

const changesOf = (counted: { dynamodb?: { writeRequests?: number } }): number => counted.dynamodb?.writeRequests ?? 0;

describe("bad input over HTTPS", () => {
  it.each(bodies)("%s gets its documented error, and nothing is written", async (_, body, code, status) => {
    const visitor = await Visitor.arrives(demo());
    await demo().ask("DELETE", "/api/counters");
    const answer = await call(demo(), "POST", `/api/conversations/${visitor.conversationId}/actions`, {
      token: visitor.session,
      body,
      headers: { "content-type": "application/json" },
    });
    const found = "error" in answer.body ? answer.body.error : (answer.body as { code: string; message: string });
    expect([answer.status, found.code]).toEqual([status, code]);
    expect(found.message.length).toBeGreaterThan(10);
    const counted = await demo().counters();
    expect(changesOf(counted), JSON.stringify(counted)).toBe(0);
  });

  it("a body of 65 kB is too large", async () => {
    const visitor = await Visitor.arrives(demo());
    const answer = await call(demo(), "POST", `/api/conversations/${visitor.conversationId}/actions`, {
      token: visitor.session,
      body: `{"action":"send","id":"12345678","text":"${"x".repeat(65_000)}"}`,
      headers: { "content-type": "application/json" },
    });
    expect([answer.status, answer.body.error.code]).toEqual([413, "too_large"]);
  });
});

describe("bad input over the socket", () => {
  let socket: TestSocket;
  beforeAll(async () => {
    socket = await (await Visitor.arrives(demo())).socket();
  });

  it.each(bodies.filter(([name]) => !["an empty body", "33 kB"].includes(name)))(
    "%s gets its documented error, and nothing is written",
    async (_, body, code) => {
      await demo().ask("DELETE", "/api/counters");
      const before = socket.frames.length;
      socket.send(body);
      const answer = await eventually(() => {
        const [frame] = socket.frames.slice(before);
        expect(frame).toBeDefined();
        return frame;
      });
      expect(answer).toMatchObject({ type: "error", code });
      expect(changesOf(await demo().counters())).toBe(0);
    },
  );

  it("a frame of 33 kB closes the socket with 1009, as on AWS", async () => {
    await demo().ask("DELETE", "/api/counters");
    socket.send(`{"action":"send","id":"12345678","text":"${"x".repeat(33_000)}"}`);
    await expect.poll(() => socket.closedWith).toBe(1009);
    expect((await demo().counters()).lambda?.byFunction ?? {}).not.toHaveProperty(
      demo().functionNamed("HandleSocketMessage"),
    );
  });

  it("an action before hello is told to say hello", async () => {
    const visitor = await Visitor.arrives(demo());
    const { ticket } = await mustCall<{ ticket: string }>(demo(), "POST", "/api/socket-tickets", {
      token: visitor.session,
      body: {},
    });
    const socket = await TestSocket.open(demo(), ticket);
    socket.send({ action: "send", id: newId(), text: "hi" });
    expect(await socket.next("error")).toMatchObject({ code: "hello_required", action: "send" });
  });
});

describe("credentials", () => {
  it("a ticket opens one socket, for one minute", async () => {
    const visitor = await Visitor.arrives(demo());
    const get = () =>
      mustCall<{ ticket: string }>(demo(), "POST", "/api/socket-tickets", { token: visitor.session, body: {} });
    const { ticket } = await get();
    await (await TestSocket.open(demo(), ticket)).close();
    await expect(TestSocket.open(demo(), ticket)).rejects.toThrow(/40[13]/);
    const late = (await get()).ticket;
    await demo().advance(61_000);
    await expect(TestSocket.open(demo(), late)).rejects.toThrow(/40[13]/);
    for (const bent of ["", "x", `${late.slice(0, -2)}AA`, visitor.session]) {
      await expect(TestSocket.open(demo(), bent)).rejects.toThrow(/40[13]/);
    }
  });

  it("bent, foreign and expired sessions are refused", async () => {
    const visitor = await Visitor.arrives(demo());
    const other = await Visitor.arrives(demo());
    const path = `/api/conversations/${visitor.conversationId}/actions`;
    const body = { action: "hello", version: 1 };
    const [header, , signature] = visitor.session.split(".");
    const none = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${visitor.session.split(".")[1]}.`;
    for (const token of [
      undefined,
      "x",
      `${header}.${other.session.split(".")[1]}.${signature}`,
      none,
      await demo().token("agent@demo.test"),
    ]) {
      expect((await call(demo(), "POST", path, { ...(token ? { token } : {}), body })).status).toBe(401);
    }
    expect([403, 404]).toContain((await call(demo(), "POST", path, { token: other.session, body })).status);
    await demo().advance(31 * 24 * 60 * 60 * 1000);
    expect((await call(demo(), "POST", path, { token: visitor.session, body })).status).toBe(401);
  });

  it("nobody gets around the front door", async () => {
    // The APIs answer only what CloudFront sends with its secret header.
    const event = JSON.parse(readFileSync(new URL("fixtures/http-api-event.json", import.meta.url), "utf8")) as object;
    const result = await demo().demo.cloud.functions.invoke(demo().functionNamed("ReadWidget"), event);
    expect(result).toMatchObject({ payload: { statusCode: 403 } });
  });
});

describe("an agent's bad input", () => {
  it("edited and foreign cursors are refused", async () => {
    const agent = await Agent.signsIn(demo());
    for (let i = 0; i < 3; i++) await (await Visitor.arrives(demo())).escalates();
    const list = (query: string, by = agent) =>
      call<ReplyOf<"listConversations"> & { error: { code: string } }>(
        demo(),
        "GET",
        `${by.base}/conversations?${query}`,
        { token: by.token },
      );
    const { body } = await list("filter=unassigned&limit=1");
    expect(body.cursor).toBeDefined();
    const cursor = encodeURIComponent(body.cursor!);
    expect((await list(`filter=unassigned&limit=1&cursor=${cursor}`)).status).toBe(200);
    const bent = cursor.slice(0, -3) + (cursor.endsWith("AAA") ? "BBB" : "AAA");
    for (const query of [`filter=unassigned&cursor=${bent}`, "cursor=e30", `filter=all&cursor=${cursor}`]) {
      const answer = await list(query);
      expect([answer.status, answer.body.error?.code], query).toEqual([400, "bad_request"]);
    }
    const stranger = await Agent.signsIn(demo(), "agent@acme.test");
    expect((await list(`filter=unassigned&limit=1&cursor=${cursor}`, stranger)).status).toBe(400);
  });

  it.each([
    ["filter=everything", "filter"],
    ["limit=0", "limit"],
    ["limit=1000", "limit"],
    ["from=yesterday", "from"],
    ["from=2026-11-22T00:00:00Z&to=2026-11-01T00:00:00Z", "from"],
    ["from=2020-01-01T00:00:00Z&to=2026-11-01T00:00:00Z", "from"],
    ["sort=asc", ""],
  ])("the query %s says what is wrong", async (query, path) => {
    const agent = await Agent.signsIn(demo());
    const answer = await call(demo(), "GET", `${agent.base}/conversations?${query}`, { token: agent.token });
    expect([answer.status, answer.body.error.code]).toEqual([400, "bad_request"]);
    expect(answer.body.error.fields?.map((field) => field.path).join(" ") ?? "").toContain(path);
  });

  it("what the plan does not include is refused, and nothing is saved", async () => {
    const owner = await Agent.signsIn(demo(), "owner@acme.test");
    const read = () =>
      mustCall<ReplyOf<"readSettings">>(demo(), "GET", `${owner.base}/settings`, { token: owner.token });
    const { version, settings } = await read();
    const change = { version, settings: { ...settings, liveChat: { ...settings.liveChat, enabled: true } } };
    const answer = await call(demo(), "PUT", `${owner.base}/settings`, { token: owner.token, body: change });
    expect([answer.status, answer.body.error.code]).toEqual([403, "not_entitled"]);
    expect(await read()).toMatchObject({ version, settings: { liveChat: { enabled: false } } });
    const agent = await Agent.signsIn(demo(), "agent@acme.test");
    expect((await call(demo(), "PUT", `${owner.base}/settings`, { token: agent.token, body: change })).status).toBe(
      403,
    );
  });

  it("a visitor of a chatbot without live chat can't escalate", async () => {
    const visitor = await Visitor.arrives(demo(), "acme");
    const { status, body } = await visitor.act({ action: "escalate", id: newId() });
    expect([status, body]).toMatchObject([409, { error: { code: "live_chat_off" } }]);
  });
});
