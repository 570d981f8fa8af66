import { Duration } from "aws-cdk-lib";
import { Schedule } from "aws-cdk-lib/aws-events";
import { Construct } from "constructs";
import { ChatFunction } from "./chat-function.ts";
import type { Parts } from "./parts.ts";

/** Longer than any function runs that may be writing into a conversation while it is erased. */
const stragglers = Duration.minutes(3);

/** Erasing conversations: when somebody asks, and when their time is over. */
export class Erasure extends Construct {
  constructor(scope: Construct, id: string, { defaults, table, files, keys, routes, sockets, bus }: Parts) {
    super(scope, id);
    const erase = routes.serveTogether(this, "erase-conversation", "People cannot have their conversations erased.");
    table.grantErasing(erase);
    keys.grantTokens(erase);
    files.grantErasing(erase);
    sockets.grantPush(erase);

    const timeout = Duration.minutes(2);
    const sweep = new ChatFunction(this, "sweep-conversation", {
      defaults,
      hurts: "Erased conversations leave something behind in the table or the bucket.",
      timeout,
    });
    table.grantSweeping(sweep);
    files.grantErasing(sweep);
    bus.deliver("conversation.erased.v1", "Sweep", {
      consumer: sweep,
      timeout,
      delay: stragglers,
      batchSize: 1,
      tries: 20,
      maxConcurrency: 5,
      hurts: "Erased conversations left something behind in the table or the bucket.",
    });

    const expired = new ChatFunction(this, "erase-expired", {
      defaults,
      hurts: "Conversations are kept for longer than their owners have set.",
      timeout: Duration.minutes(15),
    });
    table.grantErasing(expired);
    table.grantInbox(expired);
    files.grantErasing(expired);
    sockets.grantPush(expired);
    bus.schedule(
      Schedule.cron({ hour: "3", minute: "17" }),
      "Retention",
      expired,
      "Conversations were kept for longer than their owners have set.",
    );
  }
}
