import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetSendQuotaCommand, SESClient, SendEmailCommand, SendRawEmailCommand } from "@aws-sdk/client-ses";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Ses, startSes } from "../../local/cloud/edge/ses.ts";
import { type EdgeContext, edgeContext, signer } from "./edge-context.ts";

let context: EdgeContext;
let ses: Ses;
let directory: string;

const resources = {
  Domain: { Type: "AWS::SES::EmailIdentity", Properties: { EmailIdentity: "example.com" } },
  Mails: { Type: "AWS::SES::ConfigurationSet", Properties: {} },
  ToBus: {
    Type: "AWS::SES::ConfigurationSetEventDestination",
    Properties: {
      ConfigurationSetName: { Ref: "Mails" },
      EventDestination: {
        Enabled: true,
        MatchingEventTypes: ["send", "bounce", "complaint", "DELIVERY"],
        EventBridgeDestination: { EventBusArn: "default" },
      },
    },
  },
};

async function start(): Promise<void> {
  context = await edgeContext({ resources, directory });
  ses = startSes(context);
}

async function stop(): Promise<void> {
  await ses.close();
  await context.close();
}

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "ses-"));
  await start();
});

afterEach(async () => {
  await stop();
  rmSync(directory, { recursive: true });
});

const client = () => new SESClient({ ...signer, endpoint: context.addresses.aws });

const raw = [
  "From: Shop <chat@example.com>",
  "To: ada@example.com,",
  " Bob <bob@example.com>",
  "Bcc: audit@example.com",
  "Subject: =?utf-8?B?SMOpbGxv?=",
  "Message-ID: <mine@example.com>",
  "Date: Thu, 01 Jan 1970 00:00:00 +0000",
  "References: <conversation-42@example.com>",
  "X-SES-CONFIGURATION-SET: Mails",
  "X-SES-MESSAGE-TAGS: kind=escalation, conversation=42",
  "Content-Type: text/html; charset=utf-8",
  "",
  "<p>Hello é</p>",
].join("\r\n");

const sendRaw = (data = raw) => client().send(new SendRawEmailCommand({ RawMessage: { Data: Buffer.from(data) } }));

test("a raw mail arrives with the Message-ID and Date that SES sets, and without what it hides", async () => {
  const { MessageId = "" } = await sendRaw();
  const mail = (await ses.mailbox.read(MessageId)) ?? expect.unreachable();
  expect(mail).toMatchObject({
    from: "chat@example.com",
    to: ["ada@example.com", "bob@example.com", "audit@example.com"],
    subject: "Héllo",
    configurationSet: "Mails",
    tags: { kind: "escalation", conversation: "42" },
  });
  expect(mail.html).toContain("Hello é");
  const headers = Object.fromEntries(mail.headers.map((one) => [one.name, one.value]));
  expect(headers["message-id"]).toBe(`<${MessageId}@eu-west-1.amazonses.com>`);
  expect(Date.parse(headers.date ?? "")).toBe(Math.floor(mail.at / 1000) * 1000);
  expect(headers.references).toBe("<conversation-42@example.com>");
  expect(Object.keys(headers).filter((name) => name === "bcc" || name.startsWith("x-ses"))).toEqual([]);
  expect(context.counters.snapshot()).toEqual({ ses: { emails: 3 } });
});

test("a simple mail is composed with both bodies and non-ASCII names", async () => {
  await client().send(
    new SendEmailCommand({
      Source: "Café <chat@example.com>",
      Destination: { ToAddresses: ["ada@example.com"], BccAddresses: ["audit@example.com"] },
      Message: { Subject: { Data: "Grüße" }, Body: { Text: { Data: "text ü" }, Html: { Data: "<b>ü</b>" } } },
    }),
  );
  const [mail] = await ses.mailbox.readAll();
  expect(mail).toMatchObject({
    subject: "Grüße",
    from: "chat@example.com",
    to: ["ada@example.com", "audit@example.com"],
  });
  expect([mail?.text?.trim(), mail?.html?.trim()]).toEqual(["text ü", "<b>ü</b>"]);
  expect(mail?.raw).not.toContain("audit@");
});

test("IAM is asked for the verified identity and the configuration set, with the sender", async () => {
  await sendRaw();
  const asked = { "ses:FromAddress": "chat@example.com" };
  expect(context.needs).toEqual([
    {
      action: "ses:SendRawEmail",
      resource: "arn:aws:ses:eu-west-1:000000000000:identity/example.com",
      context: expect.objectContaining(asked),
    },
    {
      action: "ses:SendRawEmail",
      resource: "arn:aws:ses:eu-west-1:000000000000:configuration-set/Mails",
      context: expect.objectContaining(asked),
    },
  ]);
});

test("what SES refuses is refused, and nothing of it is kept", async () => {
  await expect(sendRaw("Subject: x\r\n\r\nbody")).rejects.toMatchObject({ name: "InvalidParameterValue" });
  const many = Array.from({ length: 51 }, (_, index) => `u${index}@example.com`).join(", ");
  await expect(sendRaw(raw.replace("ada@example.com", many))).rejects.toThrow("Recipient count exceeds 50");
  await expect(sendRaw(raw + "x".repeat(10 * 1024 * 1024))).rejects.toThrow("Message length is more than");
  await expect(sendRaw(raw.replace("SET: Mails", "SET: Other"))).rejects.toMatchObject({
    name: "ConfigurationSetDoesNotExistException",
  });
  expect(ses.mailbox.list()).toEqual([]);
});

test("faults refuse, throttle, or take the mail and break the connection", async () => {
  context.faults.add({ kind: "ses.error", match: { recipient: "ada@example.com" }, options: { status: 400 } });
  await expect(sendRaw()).rejects.toMatchObject({ name: "MessageRejected" });
  context.faults.add({ kind: "ses.throttled" });
  await expect(sendRaw()).rejects.toMatchObject({ name: "Throttling" });
  expect(ses.mailbox.list()).toHaveLength(0);
  context.faults.add({ kind: "ses.ambiguous" });
  await expect(sendRaw()).rejects.toThrow();
  expect(ses.mailbox.list()).toHaveLength(1);
});

/** What became of a mail, as the default bus is told of it. */
async function feedback() {
  await context.clock.advance(1_000);
  return context.published.map(({ Source, DetailType, Detail }) => ({
    Source,
    DetailType,
    detail: JSON.parse(Detail) as Record<string, Record<string, unknown>>,
  }));
}

test("a mail is reported as sent, and after a moment as delivered, with its tags", async () => {
  const { MessageId } = await sendRaw();
  expect(context.published.map(({ DetailType }) => DetailType)).toEqual(["Email Sent"]);
  const mail = {
    messageId: MessageId,
    tags: { kind: ["escalation"], conversation: ["42"], "ses:configuration-set": ["Mails"] },
    destination: expect.arrayContaining(["ada@example.com"]),
  };
  expect(await feedback()).toMatchObject([
    { Source: "aws.ses", DetailType: "Email Sent", detail: { eventType: "Send", mail, send: {} } },
    {
      DetailType: "Email Delivered",
      detail: { eventType: "Delivery", mail, delivery: { recipients: expect.arrayContaining(["bob@example.com"]) } },
    },
  ]);
});

test("simulated addresses and those that a fault names bounce or complain, and the others get the mail", async () => {
  context.faults.add({ kind: "ses.bounced", match: { recipient: "bob@example.com" } });
  const simulated = "bounce+1@simulator.amazonses.com, complaint@simulator.amazonses.com";
  await sendRaw(raw.replace("audit@example.com", simulated));
  const [, delivered, bounced, complained] = await feedback();
  const atSimulator = "complaint@simulator.amazonses.com";
  expect(delivered?.detail.delivery?.recipients).toEqual(["ada@example.com", atSimulator]);
  expect(bounced).toMatchObject({
    DetailType: "Email Bounced",
    detail: {
      eventType: "Bounce",
      bounce: {
        bounceType: "Permanent",
        bouncedRecipients: [
          { emailAddress: "bob@example.com", diagnosticCode: expect.stringContaining("550") },
          { emailAddress: "bounce+1@simulator.amazonses.com" },
        ],
      },
    },
  });
  expect(complained).toMatchObject({
    DetailType: "Email Complaint Received",
    detail: { eventType: "Complaint", complaint: { complainedRecipients: [{ emailAddress: atSimulator }] } },
  });
});

test("only the events that the template asks for go to the bus", async () => {
  await sendRaw(raw.replace("X-SES-CONFIGURATION-SET: Mails\r\n", ""));
  expect(await feedback()).toEqual([]);
});

test("mail outlives a restart and counts towards the quota of a day", async () => {
  await sendRaw();
  await stop();
  await start();
  expect(ses.mailbox.list()).toHaveLength(1);
  expect((await client().send(new GetSendQuotaCommand({}))).SentLast24Hours).toBe(1);
  ses.mailbox.clear();
  expect(await ses.mailbox.readAll()).toEqual([]);
});
