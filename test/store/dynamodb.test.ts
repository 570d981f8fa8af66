import { describe, expect, it } from "vitest";
import { createDynamoStores } from "../../lambdas/store/dynamodb/stores.ts";
import { readOutboxImage } from "../../lambdas/store/outbox.ts";
import { aConnection, aConversation, aMessage, aMove, anAppend, aRef, mia, start, unseen } from "./builders.ts";
import { createDynamoTable, tableName } from "./dynamo-table.ts";
import { describeStores } from "./store-suite.ts";

const table = createDynamoTable();
const stores = createDynamoStores({ client: table.client, tableName });

describeStores("dynamodb", () => ({
  stores,
  outbox: async (ref) =>
    table.dynamodb
      .readStream(tableName, undefined, 100_000)
      .filter(({ eventName }) => eventName === "INSERT")
      .flatMap(({ dynamodb }) => readOutboxImage(dynamodb.NewImage as Parameters<typeof readOutboxImage>[0]) ?? [])
      .filter(({ detail }) => detail.conversationId === ref.conversationId),
}));

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

  it("ignores what is not an event in the outbox", () => {
    expect(readOutboxImage(undefined)).toBeUndefined();
    expect(readOutboxImage({ outboxType: { S: "conversation.escalated.v0" }, detail: { M: {} } })).toBeUndefined();
    expect(readOutboxImage({ outboxType: { S: "conversation.escalated.v1" }, detail: { M: {} } })).toBeUndefined();
    expect(readOutboxImage({ outboxType: { S: "__proto__" }, detail: { M: {} } })).toBeUndefined();
  });
});
