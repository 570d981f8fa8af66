import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { marshall } from "@aws-sdk/util-dynamodb";
import type { DynamoDBRecord } from "aws-lambda";
import { mockClient } from "aws-sdk-client-mock";
import { beforeEach, describe, expect, it } from "vitest";
import { createEventBus } from "../../lambdas/adapters/bus.ts";
import { publishEvents } from "../../lambdas/notification/publish-events.ts";
import { outboxItem } from "../../lambdas/store/outbox.ts";
import { aRef, escalated } from "../store/builders.ts";
import { aLog } from "./notify-world.ts";

const eventBridge = mockClient(EventBridgeClient);
const bus = createEventBus({ client: new EventBridgeClient({ region: "eu-west-1" }), busName: "bus" });
beforeEach(() => eventBridge.reset());

let sequence = 0;
function aRecord(image?: Record<string, unknown>): DynamoDBRecord {
  const ref = aRef();
  const item = image ?? outboxItem(ref, escalated(ref, 3, 2));
  sequence++;
  return {
    eventName: "INSERT",
    dynamodb: {
      SequenceNumber: String(sequence),
      NewImage: marshall(item) as NonNullable<DynamoDBRecord["dynamodb"]>["NewImage"] & object,
    },
  };
}
const accepts = (count: number) => ({
  FailedEntryCount: 0,
  Entries: Array.from({ length: count }, () => ({ EventId: "x" })),
});
const published = () => eventBridge.commandCalls(PutEventsCommand).flatMap((call) => call.args[0].input.Entries ?? []);

describe("publishing the outbox", () => {
  it("keeps source, type, time and the event's id", async () => {
    eventBridge.on(PutEventsCommand).resolves(accepts(1));
    expect(await publishEvents({ bus, log: aLog().log }, [aRecord()])).toEqual([]);
    expect(published()).toMatchObject([
      { EventBusName: "bus", Source: "livechat", DetailType: "conversation.escalated.v1" },
    ]);
    expect(JSON.parse(published()[0]?.Detail ?? "")).toMatchObject({
      eventId: expect.stringContaining("escalated-2"),
      reference: "7KQ4-M2TX",
    });
  });

  it("sends at most ten in a call", async () => {
    eventBridge.on(PutEventsCommand).callsFake(async ({ Entries }) => accepts(Entries.length));
    const records = Array.from({ length: 23 }, () => aRecord());
    expect(await publishEvents({ bus, log: aLog().log }, records)).toEqual([]);
    expect(eventBridge.commandCalls(PutEventsCommand).map((call) => call.args[0].input.Entries?.length)).toEqual([
      10, 10, 3,
    ]);
  });

  it("reports only the events that the bus refused", async () => {
    eventBridge.on(PutEventsCommand).resolves({
      FailedEntryCount: 1,
      Entries: [{ EventId: "a" }, { ErrorCode: "InternalFailure" }, { EventId: "c" }],
    });
    const records = [aRecord(), aRecord(), aRecord()];
    expect(await publishEvents({ bus, log: aLog().log }, records)).toEqual([records[1]?.dynamodb?.SequenceNumber]);
  });

  it("reports all of a call that failed", async () => {
    eventBridge.on(PutEventsCommand).rejects(new Error("throttled"));
    const records = [aRecord(), aRecord()];
    expect(await publishEvents({ bus, log: aLog().log }, records)).toHaveLength(2);
  });

  it.each<[string, Record<string, unknown>]>([
    ["an unknown type", { pk: "a", sk: "b", outboxType: "conversation.exploded.v9", detail: {} }],
    ["a name from Object's prototype", { pk: "a", sk: "b", outboxType: "__proto__", detail: {} }],
    ["a detail that does not fit", { pk: "a", sk: "b", outboxType: "conversation.ended.v1", detail: { at: "noon" } }],
  ])("lets a record with %s fail alone, and publishes those before and after it", async (_, image) => {
    eventBridge.on(PutEventsCommand).callsFake(async ({ Entries }) => accepts(Entries.length));
    const records = [aRecord(), aRecord(image), aRecord()];
    const { log, lines } = aLog();
    expect(await publishEvents({ bus, log }, records)).toEqual([records[1]?.dynamodb?.SequenceNumber]);
    expect(published()).toHaveLength(2);
    expect(lines).toEqual(["outbox_record_unreadable"]);
  });
});
