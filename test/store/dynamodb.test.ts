import { DynamoDBDocumentClient, PutCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, it } from "vitest";
import type { ConversationRef } from "../../lambdas/domain/conversation.ts";
import { createDynamoStores } from "../../lambdas/store/dynamodb/stores.ts";
import { readOutboxImage } from "../../lambdas/store/outbox.ts";
import { describeAgentNotifications } from "./agent-notifications-suite.ts";
import {
  aConnection,
  aConversation,
  aMessage,
  aMove,
  aNote,
  anAppend,
  anAssignment,
  aRating,
  aRef,
  mia,
  start,
  tom,
  unseen,
} from "./builders.ts";
import { createDynamoTable, tableName } from "./dynamo-table.ts";
import { describeErasure } from "./erasure-suite.ts";
import earlierItems from "./fixtures/conversation-before-notes.json" with { type: "json" };
import { describeRemarks } from "./remarks-suite.ts";
import { describeStatistics } from "./statistics-suite.ts";
import { describeStores } from "./store-suite.ts";

const table = createDynamoTable();
const stores = createDynamoStores({ client: table.client, tableName });

const under = () => ({
  stores,
  outbox: async (ref: ConversationRef) =>
    table.dynamodb
      .readStream(tableName, undefined, 100_000)
      .filter(({ eventName }) => eventName === "INSERT")
      .flatMap(({ dynamodb }) => readOutboxImage(dynamodb.NewImage as Parameters<typeof readOutboxImage>[0]) ?? [])
      .filter(({ detail }) => detail.conversationId === ref.conversationId),
});
describeStores("dynamodb", under);
describeErasure("dynamodb", under);
describeRemarks("dynamodb", under);

describeStatistics("dynamodb", () => stores.statistics);
describeAgentNotifications("dynamodb", () => stores);

describe("what the DynamoDB store is billed", () => {
  const billed = () => table.counters.snapshot().dynamodb;

  async function anOpenConversation() {
    const ref = aRef();
    const visitorSocket = aConnection("AbCdEfGhIjKlMnO=");
    const agentSocket = aConnection("ZyXwVuTsRqPoNmL=", {
      party: "agent",
      agentId: "6b6f0f4e-8a3a-4a7e-9d7e-2f3c1b2a4d5e",
    });
    await stores.conversations.start(aConversation(ref));
    await stores.conversations.join(ref, visitorSocket);
    await stores.conversations.move(ref, aMove("escalate", { reference: "7KQ4-M2TX" }));
    await stores.conversations.join(ref, agentSocket);
    await stores.conversations.move(ref, aMove("takeOver", { connection: agentSocket }));
    await stores.conversations.saveLead(ref, { name: "Ada Lovelace", email: "ada@example.com" });
    return { ref, visitorSocket, agentSocket };
  }

  it("two writes of one unit each, and no read, for a message of 200 characters with both sides watching", async () => {
    const { ref, visitorSocket, agentSocket } = await anOpenConversation();
    for (let i = 0; i < 10; i++) {
      const [author, connection] =
        i % 2 ? ([mia, agentSocket] as const) : ([{ role: "visitor" } as const, visitorSocket] as const);
      const id = `01JD${String(i).padStart(18, "0")}`;
      table.counters.reset();
      const message = aMessage("x".repeat(200), { id, author, at: start + i * 90_000 });
      await stores.conversations.append(ref, anAppend({ message, connection }));
      expect(billed()).toEqual({ writeRequests: 2, writeUnits: 2 });
    }
  });

  it("two writes of one unit each, and no read, for a note and for an assignment", async () => {
    const { ref, agentSocket } = await anOpenConversation();
    const tomsId = "0c1d2e3f-8a3a-4a7e-9d7e-2f3c1b2a4d5e";
    for (const remark of [
      aNote("x".repeat(200), { connection: agentSocket }),
      anAssignment({ ...tom, agentId: tomsId, name: "Tom Baker-Fitzgerald" }, "agent-mia", { connection: agentSocket }),
      aNote("Over to you.", { connection: agentSocket }),
    ]) {
      table.counters.reset();
      expect((await stores.conversations.remark(ref, remark)).kind).toBe("added");
      expect(billed()).toEqual({ writeRequests: 2, writeUnits: 2 });
    }
  });

  it("half a read unit for a glance at the head", async () => {
    const { ref } = await anOpenConversation();
    table.counters.reset();
    await stores.conversations.glance(ref);
    expect(billed()).toEqual({ readRequests: 1, readUnits: 0.5 });
  });

  it("no more for a conversation that remembers earlier ones than for a first one", async () => {
    table.counters.reset();
    await stores.conversations.start(aConversation(aRef()));
    const first = billed();
    table.counters.reset();
    const earlier = Array.from({ length: 12 }, (_, i) => ({ conversationId: "x".repeat(24), startedAt: start + i }));
    await stores.conversations.start({ ...aConversation(aRef()), lead: { name: "Ada" }, earlier });
    expect(billed()).toEqual(first);
  });

  it("looks at 200 conversations at most for an agent's list, and goes on from there", async () => {
    const chatbotId = "long-list";
    const [oldest] = await Promise.all(
      Array.from({ length: 230 }, async (_, i) => {
        const ref = aRef(chatbotId);
        await stores.conversations.start(aConversation(ref, start + i * 60_000));
        return ref;
      }),
    );
    await stores.conversations.remark(oldest!, anAssignment(mia, null));
    const query = {
      ...{ chatbotId, statuses: ["unrequested"] as const, from: start, to: start + 86_400_000, limit: 25 },
      assignee: mia.agentId ?? "",
    };
    const first = await stores.conversations.list(query);
    expect(first).toMatchObject({ heads: [], after: expect.anything() });
    const second = await stores.conversations.list({ ...query, after: first.after! });
    expect(second.heads.map(({ conversationId }) => conversationId)).toEqual([oldest?.conversationId]);
    expect(second.after).toBeUndefined();
  });

  it("one unit for a heartbeat within a minute, and two more to move the list once there was a message", async () => {
    const { ref, visitorSocket } = await anOpenConversation();
    await stores.conversations.renew(ref, visitorSocket.connectionId, 1);
    table.counters.reset();
    await stores.conversations.renew(ref, visitorSocket.connectionId, 2);
    expect(billed()).toEqual({ writeRequests: 1, writeUnits: 1 });
    const message = aMessage("news", { at: start + 300_000 });
    await stores.conversations.append(ref, anAppend({ message, connection: visitorSocket }));
    table.counters.reset();
    await stores.conversations.renew(ref, visitorSocket.connectionId, 3);
    expect(billed()).toEqual({ writeRequests: 1, writeUnits: 3 });
  });
});

describe("the DynamoDB store under faults", () => {
  it("escalates once although the transaction meets conflicts", async () => {
    const ref = aRef();
    await stores.conversations.start(aConversation(ref));
    table.faults.add({ kind: "dynamodb.conflict", times: 3 });
    const result = await stores.conversations.move(ref, aMove("escalate"));
    expect(result).toMatchObject({ kind: "moved", head: { status: "unassigned", seq: 1 } });
  });

  it("says so when conflicts do not end, and leaves nothing half done", async () => {
    const ref = aRef();
    await stores.conversations.start(aConversation(ref));
    table.faults.add({ kind: "dynamodb.conflict", times: 6 });
    await expect(stores.conversations.move(ref, aMove("escalate"))).rejects.toMatchObject({ code: "conflict" });
    expect(await stores.conversations.head(ref)).toMatchObject({ status: "unrequested", seq: 0 });
    expect(await stores.conversations.entriesAfter(ref, 0, 10)).toEqual([]);
  });

  it("stores a message and its event although their transaction meets conflicts", async () => {
    const ref = aRef();
    await stores.conversations.start(aConversation(ref));
    table.faults.add({ kind: "dynamodb.conflict", times: 2 });
    const follow = () => ({
      events: [unseen(ref, 0, 1)],
      notified: { party: "agent" as const, period: { readMark: 0, at: start } },
    });
    const result = await stores.conversations.append(ref, anAppend({ message: aMessage("hello"), follow }));
    expect(result.kind).toBe("appended");
    expect(await stores.conversations.entriesAfter(ref, 0, 10)).toMatchObject([{ text: "hello" }]);
    expect((await stores.conversations.head(ref))?.notified.agent).toEqual({ readMark: 0, at: start });
  });

  it("heals a message whose sender's function died between the two writes, when the sender repeats it", async () => {
    const ref = aRef();
    await stores.conversations.start(aConversation(ref));
    const message = aMessage("nearly lost");
    const interrupted = anAppend({
      message,
      follow: () => {
        throw new Error("the function was killed");
      },
    });
    await expect(stores.conversations.append(ref, interrupted)).rejects.toThrow("killed");
    expect(await stores.conversations.entriesAfter(ref, 0, 10)).toEqual([]);
    const again = await stores.conversations.append(ref, anAppend({ message }));
    expect(again).toMatchObject({ kind: "duplicate", entry: { seq: 1, text: "nearly lost" } });
    expect(await stores.conversations.entriesAfter(ref, 0, 10)).toMatchObject([{ seq: 1, text: "nearly lost" }]);
    expect((await stores.conversations.head(ref))?.seq).toBe(1);
  });

  it("heals a note whose writer's function died between the two writes, when the writer repeats it", async () => {
    const ref = aRef();
    await stores.conversations.start(aConversation(ref));
    const note = aNote("nearly lost");
    const killed = () => {
      throw new Error("the function was killed");
    };
    await expect(stores.conversations.remark(ref, { ...note, follow: killed })).rejects.toThrow("killed");
    expect(await stores.conversations.entriesAfter(ref, 0, 10)).toEqual([]);
    expect(await stores.conversations.remark(ref, note)).toMatchObject({ kind: "duplicate", entry: { seq: 1 } });
    expect(await stores.conversations.entriesAfter(ref, 0, 10)).toMatchObject([{ seq: 1, text: "nearly lost" }]);
  });

  it("leaves nothing of a message that was between its two writes while the conversation was erased", async () => {
    const ref = aRef();
    await stores.conversations.start(aConversation(ref));
    await stores.conversations.append(ref, anAppend({ message: aMessage("said while it was erased") }));
    const documents = DynamoDBDocumentClient.from(table.client);
    const { Items = [] } = await documents.send(new ScanCommand({ TableName: tableName }));
    const entry = Items.find((item) => JSON.stringify(item).includes('"text":"said while it was erased"'));
    await stores.conversations.erase(ref, { by: "visitor", at: start }, []);
    await stores.conversations.sweep(ref, 100);
    // The second write of the message, late.
    await documents.send(new PutCommand({ TableName: tableName, Item: entry }));
    expect(await stores.conversations.entriesAfter(ref, 0, 10)).toHaveLength(1);
    expect(await stores.conversations.sweep(ref, 100)).toBe("swept");
    expect(await stores.conversations.entriesAfter(ref, 0, 10)).toEqual([]);
  });

  it("ignores what is not an event in the outbox", () => {
    expect(readOutboxImage(undefined)).toBeUndefined();
    expect(readOutboxImage({ outboxType: { S: "conversation.escalated.v0" }, detail: { M: {} } })).toBeUndefined();
    expect(readOutboxImage({ outboxType: { S: "conversation.escalated.v1" }, detail: { M: {} } })).toBeUndefined();
    expect(readOutboxImage({ outboxType: { S: "__proto__" }, detail: { M: {} } })).toBeUndefined();
  });
});

describe("a conversation that an earlier version stored", () => {
  const ref = { chatbotId: "demo", conversationId: earlierItems.head.pk.split("#")[2] ?? "" };

  it("is read, answered, noted, assigned, rated and handed back as any other", async () => {
    const documents = DynamoDBDocumentClient.from(table.client);
    for (const Item of [earlierItems.head, earlierItems.visitor]) {
      await documents.send(new PutCommand({ TableName: tableName, Item }));
    }
    const { conversations } = stores;
    const head = await conversations.head(ref);
    expect(head).toMatchObject({ status: "open", seq: 9, assignee: { agentId: "agent-mia", name: "Mia" } });
    for (const later of ["rating", "replacedRating"]) expect(head).not.toHaveProperty(later);
    expect(head?.assignee).not.toHaveProperty("at");
    expect(await conversations.open(ref, { limit: 10 })).toMatchObject({ lead: { name: "Ada" }, earlier: [] });

    expect(await conversations.remark(ref, aNote("old, but noted"))).toMatchObject({ entry: { seq: 10 } });
    const handedOn = await conversations.remark(ref, anAssignment(tom, "agent-mia"));
    expect(handedOn).toMatchObject({ kind: "added", head: { assignee: { name: "Tom", at: start } } });
    expect(await conversations.append(ref, anAppend({ message: aMessage("hello?") }))).toMatchObject({
      entry: { seq: 12 },
    });
    await conversations.move(ref, aMove("end"));
    expect(await conversations.remark(ref, aRating(5))).toMatchObject({ head: { rating: 5 } });
    await conversations.move(ref, aMove("reopen"));
    const back = await conversations.move(ref, aMove("handBack"));
    expect(back).toMatchObject({ kind: "moved", head: { status: "unrequested", rating: 5 } });
    expect(back.head).not.toHaveProperty("escalatedAt");
  });
});
