import { request as httpRequest } from "node:http";
import { GetSendQuotaCommand, SESClient, SendRawEmailCommand } from "@aws-sdk/client-ses";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Edge, startEdge } from "../../local/cloud/edge/start-edge.ts";
import type { Part } from "../../local/cloud/service.ts";
import { startConsole } from "../../local/console/console.ts";
import { type PushService, startPushService } from "../../local/stubs/push.ts";
import { startZendesk, type ZendeskStub } from "../../local/stubs/zendesk.ts";
import { type EdgeContext, edgeContext, signer } from "./edge-context.ts";
import { userPool } from "./edge-resources.ts";

let context: EdgeContext;
let edge: Edge;
let zendesk: ZendeskStub;
let push: PushService;
let console: Part;

const hostile = '<script>alert("x")</script>';

beforeEach(async () => {
  context = await edgeContext({ resources: userPool("http://localhost:4000") });
  edge = await startEdge(context, [{ email: "ada@example.com" }]);
  zendesk = await startZendesk(context);
  push = await startPushService(context);
  console = startConsole(
    { context, edge, zendesk, push },
    {
      title: "Local shop",
      links: [{ href: "/demo", label: "The demo page", description: hostile }],
      logins: [{ email: "ada@example.com", description: "owner" }],
      pages: [{ path: "/demo", html: "<h1>Demo</h1>" }],
    },
  );
});

afterEach(async () => {
  await console.close();
  await push.close();
  await zendesk.close();
  await edge.close();
  await context.close();
});

const at = (path: string) => context.addresses.console + path;
const text = async (path: string) => (await fetch(at(path))).text();
const json = async (path: string) => (await fetch(at(path))).json();
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(at(path), {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json", ...headers },
  });

async function sendMail(): Promise<void> {
  const raw = [
    "From: chat@example.com",
    "To: ada@example.com",
    `Subject: Hello ${hostile}`,
    'Content-Type: multipart/alternative; boundary="b"',
    "",
    "--b\r\nContent-Type: text/plain\r\n\r\nplain words",
    `--b\r\nContent-Type: text/html\r\n\r\n<p>rich words</p>${hostile}`,
    "--b--",
  ].join("\r\n");
  const client = new SESClient({ ...signer, endpoint: context.addresses.aws });
  await client.send(new SendRawEmailCommand({ RawMessage: { Data: Buffer.from(raw) } }));
  await client.send(new GetSendQuotaCommand({}));
}

test("the home page links, says the logins, and escapes everything", async () => {
  const home = await text("/");
  for (const said of ["The demo page", "ada@example.com", "push.lost", "Local shop"]) expect(home).toContain(said);
  expect(home).not.toContain(hostile);
  expect(await text("/demo")).toBe("<h1>Demo</h1>");
  expect(await json("/api/ready")).toEqual({ ready: true });
  for (const path of ["/counters", "/logs", "/queues", "/mail", "/sms", "/tickets", "/console.css"]) {
    expect((await fetch(at(path))).status, path).toBe(200);
  }
  expect((await fetch(at("/nowhere"))).status).toBe(404);
});

test("a mail is listed and shown in tabs, and its HTML runs nothing", async () => {
  await sendMail();
  const [mail] = await json("/api/mail");
  expect(mail).toMatchObject({
    from: "chat@example.com",
    to: ["ada@example.com"],
    text: expect.stringContaining("plain words"),
  });
  expect(mail.headers).toContainEqual({ name: "subject", value: `Hello ${hostile}` });
  expect(mail.raw).toContain("boundary");
  const inbox = await text("/mail");
  expect(inbox).toContain(`/mail/${mail.id}`);
  expect(inbox).not.toContain(hostile);
  expect(await text(`/mail/${mail.id}?tab=text`)).toContain("plain words");
  const shown = await text(`/mail/${mail.id}`);
  expect(shown).toMatch(/<iframe[^>]+sandbox="(?![^"]*allow-(scripts|same-origin))/);
  const frame = await fetch(at(`/mail/${mail.id}/html`));
  expect(frame.headers.get("content-security-policy")).toMatch(/^sandbox (?!.*allow-scripts).*default-src 'none'/);
  await fetch(at("/api/mail"), { method: "DELETE" });
  expect(await json("/api/mail")).toEqual([]);
});

test("an SMS is listed with its sender and its text", async () => {
  const body = `Somebody waits ${hostile}`;
  edge.sns.messages.keep({ at: 0, to: "+491701234567", text: body, senderId: "SHOP", type: "Transactional" });
  expect(await json("/api/sms")).toMatchObject([{ to: "+491701234567", text: body, senderId: "SHOP", parts: 1 }]);
  const page = await text("/sms");
  for (const said of ["+491701234567", "Somebody waits", "SHOP"]) expect(page).toContain(said);
  expect(page).not.toContain(hostile);
  await fetch(at("/api/sms"), { method: "DELETE" });
  expect(await json("/api/sms")).toEqual([]);
});

test("tickets are listed with their comments", async () => {
  const author = zendesk.tickets.userFor("ada@example.com", "Ada");
  const comments = [zendesk.tickets.comment(`Help ${hostile}`, undefined, false, author.id)];
  const fields = {
    external_id: null,
    description: "",
    status: "new",
    priority: null,
    type: null,
    tags: [],
    custom_fields: [],
  };
  const { id } = zendesk.tickets.create({
    subdomain: "acme",
    subject: "Lost",
    requester_id: author.id,
    comments,
    ...fields,
  });
  expect(await text("/tickets")).toContain("Lost");
  const page = await text(`/tickets/${id}`);
  expect(page).toContain("internal note");
  expect(page).not.toContain(hostile);
  expect(await json("/api/tickets")).toMatchObject([{ id, subject: "Lost" }]);
});

test("counters, clock and faults are read and set as JSON", async () => {
  context.counters.add("websocket.messagesIn", 2);
  expect(await json("/api/counters")).toEqual({ websocket: { messagesIn: 2 } });
  await fetch(at("/api/counters"), { method: "DELETE" });
  expect(await json("/api/counters")).toEqual({});

  let rang = false;
  context.clock.after(3_600_000, () => {
    rang = true;
  });
  const before = context.clock.now();
  const { now } = await (await post("/api/clock", { advanceMs: 3_600_000 })).json();
  expect(Date.parse(now)).toBeGreaterThanOrEqual(before + 3_600_000);
  expect(rang).toBe(true);

  const added = await (await post("/api/faults", { kind: "push.lost", times: 2, match: { function: "Send" } })).json();
  expect(await json("/api/faults")).toMatchObject({
    kinds: { "push.lost": expect.any(String) },
    active: [{ id: added.id, remaining: 2 }],
  });
  expect((await fetch(at(`/api/faults/${added.id}`), { method: "DELETE" })).status).toBe(200);
  expect(context.faults.list()).toEqual([]);
  context.faults.add({ kind: "push.gone" });
  await fetch(at("/api/faults"), { method: "DELETE" });
  expect(context.faults.list()).toEqual([]);
});

test("a token can be had for a user, and sockets can be cut", async () => {
  expect(await (await post("/api/token", { user: "ada@example.com" })).json()).toEqual({
    accessToken: expect.any(String),
    expiresIn: 3600,
  });
  const unknown = await post("/api/token", { user: "eve@example.com" });
  expect([unknown.status, (await unknown.json()).error]).toEqual([400, expect.stringContaining("ada@example.com")]);
  expect(await (await post("/api/cut", {})).json()).toEqual({ cut: 0 });
});

test("bad input gets 400 with what to send instead", async () => {
  for (const [path, body] of [
    ["/api/clock", { advanceMs: -1 }],
    ["/api/clock", { advanceMs: "60000" }],
    ["/api/faults", { kind: "no.such.fault" }],
    ["/api/faults", { kind: "push.lost", times: 0 }],
    ["/api/token", {}],
  ] as const) {
    const refused = await post(path, body);
    expect([refused.status, (await refused.json()).error]).toEqual([400, expect.stringContaining("Send for example")]);
  }
  const broken = await fetch(at("/api/clock"), {
    method: "POST",
    body: "{",
    headers: { "content-type": "application/json" },
  });
  expect(broken.status).toBe(400);
});

test("other sites can neither post to the console nor reach it by rebinding a name", async () => {
  const form = await fetch(at("/api/clock"), {
    method: "POST",
    body: '{"advanceMs":1}',
    headers: { "content-type": "text/plain" },
  });
  expect(form.status).toBe(415);
  expect((await post("/api/clock", { advanceMs: 1 }, { origin: "https://evil.example" })).status).toBe(403);
  const { port } = new URL(context.addresses.console);
  expect((await post("/api/clock", { advanceMs: 1 }, { origin: `http://localhost:${port}` })).status).toBe(200);
  const rebound = await new Promise((resolve) => {
    httpRequest(
      { host: "localhost", port, path: "/api/mail", headers: { host: `evil.example:${port}` } },
      (response) => {
        response.resume();
        resolve(response.statusCode);
      },
    ).end();
  });
  expect(rebound).toBe(403);
});
