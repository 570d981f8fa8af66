import type { SQSRecord } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { consumeBatch, TryAgain } from "../../lambdas/runtime/batch.ts";
import { aLog } from "./notify-world.ts";

const detail = {
  eventId: "e",
  chatbotId: "demo",
  conversationId: "c",
  at: 1,
  epoch: 2,
  seq: 3,
  reference: "7KQ4-M2TX",
};
const envelope = { source: "livechat", "detail-type": "conversation.escalated.v1", detail };

function aRecord(messageId: string, body: unknown, receiveCount = 1): SQSRecord {
  return {
    messageId,
    body: typeof body === "string" ? body : JSON.stringify(body),
    attributes: { ApproximateReceiveCount: String(receiveCount) },
  } as SQSRecord;
}

describe("a batch of queued events", () => {
  it("reports only the records that failed", async () => {
    const { log, lines } = aLog();
    const handler = consumeBatch(
      "conversation.escalated.v1",
      async ({ seq }) => {
        if (seq === 4) throw new Error("broken");
        if (seq === 5) throw new TryAgain("later");
      },
      log,
    );
    const Records = [3, 4, 5].map((seq) => aRecord(`m${seq}`, { ...envelope, detail: { ...detail, seq } }));
    expect(await handler({ Records })).toEqual({
      batchItemFailures: [{ itemIdentifier: "m4" }, { itemIdentifier: "m5" }],
    });
    expect(lines.sort()).toEqual(["event_failed", "event_try_again"]);
  });

  it.each<[string, unknown]>([
    ["no JSON", "{"],
    ["another source", { ...envelope, source: "aws.s3" }],
    ["another type", { ...envelope, "detail-type": "conversation.ended.v1" }],
    ["a detail that does not fit", { ...envelope, detail: { ...detail, epoch: "2" } }],
  ])("lets a record with %s fail alone", async (_, body) => {
    const seen: number[] = [];
    const handler = consumeBatch("conversation.escalated.v1", async ({ seq }) => seen.push(seq), aLog().log);
    const Records = [aRecord("bad", body), aRecord("good", envelope)];
    expect(await handler({ Records })).toEqual({ batchItemFailures: [{ itemIdentifier: "bad" }] });
    expect(seen).toEqual([3]);
  });

  it("says how often the event has been delivered", async () => {
    const counts: number[] = [];
    const handler = consumeBatch(
      "conversation.escalated.v1",
      async (_, { receiveCount }) => counts.push(receiveCount),
      aLog().log,
    );
    await handler({ Records: [aRecord("m", envelope, 3)] });
    expect(counts).toEqual([3]);
  });
});
