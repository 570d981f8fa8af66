import { describe, expect, it } from "vitest";
import type { ReplyOf } from "../../lambdas/contracts/http.ts";
import type { MessageEntry } from "../../lambdas/contracts/protocol.ts";
import { eventually, withDemo } from "./demo.ts";
import { Agent, call, mustCall, newId, Visitor } from "./people.ts";

const demo = withDemo();
const minutes = 60_000;
const day = 24 * 60 * minutes;

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const picture = { name: "Päckchen ‮gnp.exe", type: "image/png", size: png.length };

const filesOf = (visitor: Visitor) => `/api/conversations/${visitor.conversationId}/files`;
const announce = (visitor: Visitor, file: object = picture) =>
  mustCall<ReplyOf<"requestUpload">>(demo(), "POST", filesOf(visitor), { token: visitor.session, body: file });

/** What the page does with the address: the browser adds the length by itself. */
function put({ url, headers }: Pick<ReplyOf<"requestUpload">, "url" | "headers">, content: Buffer, over = {}) {
  return fetch(`${demo().origin}${url}`, {
    method: "PUT",
    headers: { ...headers, ...over },
    body: new Uint8Array(content),
  });
}

async function sends(visitor: Visitor, fileId: string): Promise<MessageEntry> {
  const { status, body } = await visitor.act({ action: "send", id: newId(), text: "", attachments: [fileId] });
  if (status !== 200 || body.type !== "sent") throw new Error(JSON.stringify(body));
  return body.entry;
}

/** Erased conversations whose remains are still to be looked for. */
function waitingForTheSweep(): number {
  const queues = demo().demo.cloud.queues.list();
  return queues.find(({ name }) => name.includes("SweepQueue"))?.messages.length ?? -1;
}

async function aSentPicture() {
  const visitor = await Visitor.arrives(demo());
  await visitor.escalates();
  const grant = await announce(visitor);
  expect((await put(grant, png)).status).toBe(200);
  const entry = await sends(visitor, grant.fileId);
  return { visitor, grant, entry };
}

describe("a picture that a visitor sends", () => {
  it("is a download for the agent: with its bytes, a harmless name and headers that let nothing run", async () => {
    const { visitor, grant, entry } = await aSentPicture();
    expect(entry.attachments).toEqual([{ ...picture, fileId: grant.fileId, name: "Päckchen gnp.exe.png" }]);
    const agent = await Agent.signsIn(demo());
    const path = `${agent.base}/conversations/${visitor.conversationId}/files/${grant.fileId}`;
    const { url, file } = await mustCall<ReplyOf<"readFileAsAgent">>(demo(), "GET", path, { token: agent.token });
    expect(file).toEqual(entry.attachments?.[0]);
    const response = await fetch(`${demo().origin}${url}`);
    expect(response.status).toBe(200);
    expect(Buffer.from(await response.arrayBuffer()).equals(png)).toBe(true);
    const headers = Object.fromEntries(response.headers);
    expect(headers).toMatchObject({
      "content-type": "image/png",
      "content-disposition": "attachment; filename*=UTF-8''P%C3%A4ckchen%20gnp.exe.png",
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
    });
  });

  it("is the agent's to answer with another one", async () => {
    const { visitor } = await aSentPicture();
    const agent = await Agent.signsIn(demo());
    const conversation = `${agent.base}/conversations/${visitor.conversationId}`;
    const body = { name: "label.pdf", type: "application/pdf", size: 4 };
    const grant = await mustCall<ReplyOf<"requestAgentUpload">>(demo(), "POST", `${conversation}/files`, {
      token: agent.token,
      body,
    });
    expect((await put(grant, Buffer.from("%PDF"))).status).toBe(200);
    const unsent = await call(demo(), "GET", `${filesOf(visitor)}/${grant.fileId}`, { token: visitor.session });
    expect(unsent.status).toBe(404);
    await agent.act(visitor.conversationId, {
      action: "send",
      id: newId(),
      text: "Your label",
      attachments: [grant.fileId],
    });
    const read = await mustCall<ReplyOf<"readFile">>(demo(), "GET", `${filesOf(visitor)}/${grant.fileId}`, {
      token: visitor.session,
    });
    expect(await (await fetch(`${demo().origin}${read.url}`)).text()).toBe("%PDF");
  });

  it("can't be replaced any more by its upload address", async () => {
    const { visitor, grant } = await aSentPicture();
    const other = Buffer.from(png).fill(7);
    await put(grant, other);
    const read = await mustCall<ReplyOf<"readFile">>(demo(), "GET", `${filesOf(visitor)}/${grant.fileId}`, {
      token: visitor.session,
    });
    const content = Buffer.from(await (await fetch(`${demo().origin}${read.url}`)).arrayBuffer());
    expect(content.equals(png)).toBe(true);
  });
});

describe("an upload address", () => {
  it("takes the announced size and type, and nothing else", async () => {
    const visitor = await Visitor.arrives(demo());
    const grant = await announce(visitor);
    expect((await put(grant, Buffer.concat([png, png]))).status).toBe(403);
    expect((await put(grant, png.subarray(1))).status).toBe(403);
    expect((await put(grant, png, { "content-type": "text/html" })).status).toBe(403);
    expect((await put({ ...grant, url: grant.url.replace("/files/unsent/", "/files/sent/") }, png)).status).toBe(403);
    expect((await put({ ...grant, url: grant.url.split("?")[0] ?? "" }, png)).status).toBe(403);
    const refused = await visitor.act({ action: "send", id: newId(), text: "", attachments: [grant.fileId] });
    expect(refused).toMatchObject({ status: 400, body: { error: { code: "bad_request" } } });
    expect((await put(grant, png)).status).toBe(200);
  });

  it("ends after ten minutes, a download address after five", async () => {
    const { visitor, grant } = await aSentPicture();
    const late = await announce(visitor);
    const { url } = await mustCall<ReplyOf<"readFile">>(demo(), "GET", `${filesOf(visitor)}/${grant.fileId}`, {
      token: visitor.session,
    });
    await demo().advance(5.1 * minutes);
    expect((await fetch(`${demo().origin}${url}`)).status).toBe(403);
    await demo().advance(5 * minutes);
    expect((await put(late, png)).status).toBe(403);
  });

  it.each([
    [{ ...picture, size: 10 * 1024 * 1024 + 1 }, "size"],
    [{ ...picture, size: 0 }, "size"],
    [{ ...picture, type: "image/svg+xml" }, "type"],
    [{ ...picture, type: "text/html" }, "type"],
    [{ ...picture, type: "application/javascript" }, "type"],
    [{ ...picture, name: "" }, "name"],
  ])("is not given for %j", async (file, field) => {
    const visitor = await Visitor.arrives(demo());
    const { status, body } = await call(demo(), "POST", filesOf(visitor), { token: visitor.session, body: file });
    expect([status, body.error.fields?.[0]?.path]).toEqual([400, field]);
  });
});

describe("files", () => {
  it("are those of one conversation: strangers neither read nor send them", async () => {
    const { grant } = await aSentPicture();
    const stranger = await Visitor.arrives(demo());
    const path = `${filesOf(stranger)}/${grant.fileId}`;
    expect((await call(demo(), "GET", path, { token: stranger.session })).status).toBe(404);
    const sending = await stranger.act({ action: "send", id: newId(), text: "", attachments: [grant.fileId] });
    expect(sending.status).toBe(400);
    const theirs = await Visitor.arrives(demo());
    expect((await call(demo(), "POST", filesOf(theirs), { token: stranger.session, body: picture })).status).toBe(404);
  });

  it("that were never sent are gone after two days, and those that were sent are not", async () => {
    const { visitor, grant } = await aSentPicture();
    const waiting = await announce(visitor);
    await put(waiting, png);
    await demo().advance(3 * day);
    const refused = await visitor.act({ action: "send", id: newId(), text: "", attachments: [waiting.fileId] });
    expect(refused.status).toBe(400);
    const { url } = await mustCall<ReplyOf<"readFile">>(demo(), "GET", `${filesOf(visitor)}/${grant.fileId}`, {
      token: visitor.session,
    });
    expect((await fetch(`${demo().origin}${url}`)).status).toBe(200);
  });

  it("go with the conversation when the visitor erases it, and so does everything else", async () => {
    const { visitor, grant } = await aSentPicture();
    const agent = await Agent.signsIn(demo());
    const dashboard = await agent.socket();
    const widget = await visitor.socket();
    const { url } = await mustCall<ReplyOf<"readFile">>(demo(), "GET", `${filesOf(visitor)}/${grant.fileId}`, {
      token: visitor.session,
    });
    const path = `/api/conversations/${visitor.conversationId}`;
    const erase = () => call(demo(), "DELETE", path, { token: visitor.session });
    expect(await erase()).toMatchObject({ status: 200, body: { erased: true } });
    await widget.next("closed", ({ code }) => code === "erased");
    await eventually(() => expect(widget.closedWith).toBeDefined());
    await dashboard.next("gone", ({ conversationId }) => conversationId === visitor.conversationId);
    expect((await fetch(`${demo().origin}${url}`)).status).not.toBe(200);
    expect(await erase()).toMatchObject({ status: 200 });
    expect((await visitor.act({ action: "hello", version: 1 })).status).toBe(410);
    await eventually(() => expect(waitingForTheSweep()).toBe(1));
    await demo().advance(4 * minutes);
    await eventually(() => expect(waitingForTheSweep()).toBe(0));
    const ref = { chatbotId: "demo", conversationId: visitor.conversationId };
    expect(await demo().stores.conversations.entriesAfter(ref, 0, 10)).toEqual([]);
    expect(await demo().stores.conversations.erasure(ref)).toMatchObject({ by: "visitor" });
    await dashboard.close();
  });
});

describe("a chatbot's retention", () => {
  it("erases, the night after, what has been silent for as long", async () => {
    const visitor = await Visitor.arrives(demo(), "acme");
    const { chatbots, conversations } = demo().stores;
    const acme = await chatbots.get("acme");
    if (acme === undefined) throw new Error("no chatbot");
    const settings = { ...acme.settings, retention: { days: 30 } };
    await chatbots.update("acme", acme.version, { settings, sealed: acme.sealed });
    const ref = { chatbotId: "acme", conversationId: visitor.conversationId };
    await demo().advance(29 * day);
    await demo().atRest();
    expect(await conversations.head(ref)).toBeDefined();
    await demo().advance(2.5 * day);
    await eventually(async () => expect(await conversations.erasure(ref)).toMatchObject({ by: "retention" }));
  });
});
