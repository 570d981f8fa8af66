import { SESClient, SendRawEmailCommand } from "@aws-sdk/client-ses";
import { mockClient } from "aws-sdk-client-mock";
import PostalMime from "postal-mime";
import { beforeEach, describe, expect, it } from "vitest";
import { composeMail, createSesSender, headerText, type OutgoingMail } from "../../lambdas/adapters/mail.ts";
import { buttonColors, contrast } from "../../lambdas/notification/mail/brand-color.ts";

const ses = mockClient(SESClient);
const sender = createSesSender({
  client: new SESClient({ region: "eu-west-1", maxAttempts: 1 }),
  fromAddress: "chat@mail.example",
  configurationSet: "set",
});
const mail: OutgoingMail = {
  to: "team@example.com",
  fromName: "Fernweh Live Chat",
  subject: "Hello",
  text: "text",
  html: "<p>html</p>",
  thread: "conversation-1",
  notification: {
    chatbotId: "demo",
    conversationId: "conversation_1",
    notificationId: "escalated-2:email:0a1b",
  },
};
const sesError = (name: string, httpStatusCode: number) =>
  Object.assign(new Error("ada@example.com"), { name, $metadata: { httpStatusCode } });
const networkError = (code: string) => Object.assign(new Error("broken"), { code, $metadata: { attempts: 1 } });

beforeEach(() => ses.reset());

describe("sending through SES", () => {
  it("names recipient, sender, configuration set and tags outside of the message", async () => {
    ses.on(SendRawEmailCommand).resolves({ MessageId: "id-1" });
    expect(await sender.send(mail)).toEqual({ kind: "sent", messageId: "id-1" });
    expect(ses.commandCalls(SendRawEmailCommand)[0]?.args[0].input).toMatchObject({
      Source: "chat@mail.example",
      Destinations: ["team@example.com"],
      ConfigurationSetName: "set",
      Tags: [
        { Name: "chatbotId", Value: "demo" },
        { Name: "conversationId", Value: "conversation_5F1" },
        { Name: "notificationId", Value: "escalated-2_3Aemail_3A0a1b" },
      ],
    });
  });

  it.each([
    ["MessageRejected", 400, "refused"],
    ["MailFromDomainNotVerifiedException", 400, "refused"],
    ["InvalidParameterValue", 400, "refused"],
    ["AccountSendingPausedException", 400, "refused"],
    ["Throttling", 400, "unavailable"],
    ["ThrottlingException", 429, "unavailable"],
    ["AccessDenied", 403, "unavailable"],
    ["ServiceUnavailable", 503, "unavailable"],
    ["InternalFailure", 500, "unavailable"],
  ])("takes %s (%d) as %s and keeps the address out of the ledger", async (name, status, kind) => {
    ses.on(SendRawEmailCommand).rejects(sesError(name, status));
    const outcome = await sender.send(mail);
    expect(outcome.kind).toBe(kind);
    expect(JSON.stringify(outcome)).toContain(name);
    // `said` is for the owner who asked for a test; the ledger and the log get the rest.
    expect(JSON.stringify({ ...outcome, said: "" })).not.toContain("ada@example.com");
  });

  it.each([
    ["ECONNREFUSED", "unavailable"],
    ["ENOTFOUND", "unavailable"],
    ["ECONNRESET", "unknown"],
    ["EPIPE", "unknown"],
  ])("takes a network error %s as %s", async (code, kind) => {
    ses.on(SendRawEmailCommand).rejects(networkError(code));
    expect((await sender.send(mail)).kind).toBe(kind);
  });

  it("takes a time limit as unknown: the mail may have gone out", async () => {
    ses.on(SendRawEmailCommand).rejects(Object.assign(new Error("timeout"), { name: "TimeoutError" }));
    expect(await sender.send(mail)).toEqual({ kind: "unknown", detail: "TimeoutError" });
  });
});

describe("the MIME message", () => {
  it("can't be given a header by a name or a subject", async () => {
    const raw = await composeMail(
      { ...mail, fromName: "Eve\r\nBcc: a@evil.example", subject: "Hi\r\nTo: b@evil.example\r\n\r\nbody" },
      "chat@mail.example",
    );
    const read = await PostalMime.parse(raw);
    expect(read.headers.filter((header) => header.key === "bcc")).toEqual([]);
    expect(read.to).toHaveLength(1);
    expect(read.subject).toBe("Hi To: b@evil.example body");
    expect(read.from?.name).toBe("Eve Bcc: a@evil.example");
  });

  it("keeps other scripts and emoji in subject and sender", async () => {
    const read = await PostalMime.parse(
      await composeMail({ ...mail, fromName: "Größe 日本", subject: "مرحبا 🎒" }, "chat@mail.example"),
    );
    expect(read.from?.name).toBe("Größe 日本");
    expect(read.subject).toBe("مرحبا 🎒");
  });

  it("can be stopped with one click where it says so, and only there", async () => {
    const header = async (each: OutgoingMail, key: string) =>
      (await PostalMime.parse(await composeMail(each, "chat@mail.example"))).headers.find((one) => one.key === key)
        ?.value;
    const url = `https://chat.example/api/mail-preferences?token=${"a".repeat(600)}`;
    const stoppable = { ...mail, unsubscribeUrl: url };
    expect(await header(stoppable, "list-unsubscribe")).toBe(`<${url}>`);
    expect(await header(stoppable, "list-unsubscribe-post")).toBe("List-Unsubscribe=One-Click");
    expect(await header(mail, "list-unsubscribe")).toBeUndefined();
    expect(await header(mail, "list-unsubscribe-post")).toBeUndefined();
  });

  it("carries plain text and HTML", async () => {
    const read = await PostalMime.parse(await composeMail(mail, "chat@mail.example"));
    expect(read.text?.trim()).toBe("text");
    expect(read.html?.trim()).toBe("<p>html</p>");
  });

  it("cuts a long line between characters", () => {
    expect(headerText("🎒".repeat(100), 10)).toBe(`${"🎒".repeat(9)}…`);
  });
});

describe("a button in the brand's colour", () => {
  const colors = ["#0a66ff", "#ffcc33", "#000000", "#ffffff", "#808080", "#7c3aed", "#e11d48", "#00FF00", "#777777"];

  it.each(colors)("can be read, and told from its card, when the colour is %s", (color) => {
    const { fill, text, edge } = buttonColors(color);
    expect(contrast(text, fill)).toBeGreaterThanOrEqual(4.5);
    for (const card of ["#ffffff", "#181b23"]) {
      expect(Math.max(contrast(fill, card), contrast(edge, card))).toBeGreaterThanOrEqual(1.5);
    }
  });

  it("has exactly the colour of the brand where that can be read", () => {
    expect(buttonColors("#0a66ff")).toEqual({ fill: "#0a66ff", text: "#ffffff", edge: "#0a66ff" });
  });
});
