import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import { ChatFunction } from "./chat-function.ts";
import type { Parts } from "./parts.ts";

/** Counts what happens, and shows it. */
export class Analytics extends Construct {
  constructor(scope: Construct, id: string, { defaults, table, routes, bus }: Parts) {
    super(scope, id);
    const timeout = Duration.seconds(10);
    const record = new ChatFunction(this, "record-statistics", {
      defaults,
      hurts: "Analytics and the expected wait are out of date.",
      timeout,
    });
    table.grantUpdates(record);
    bus.deliverAll(
      [
        { types: ["message.asked.v1"], detail: { seq: [1] } },
        {
          types: [
            "conversation.escalated.v1",
            "conversation.opened.v1",
            "conversation.ended.v1",
            "conversation.rated.v1",
          ],
        },
      ],
      "Statistics",
      {
        consumer: record,
        timeout,
        batchSize: 10,
        maxConcurrency: 2,
        hurts: "Some conversations are missing in the analytics.",
      },
    );

    const read = routes.serve(this, "readAnalytics", "Nobody sees the analytics.");
    table.grantReading(read);
  }
}
