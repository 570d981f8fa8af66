import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { DynamoDBStreamHandler } from "aws-lambda";
import { createEventBus } from "../adapters/bus.ts";
import { failedStreamRecords } from "../runtime/batch.ts";
import { env } from "../runtime/env.ts";
import { log } from "../runtime/log.ts";
import { networkLimits } from "../runtime/wiring.ts";
import { publishEvents } from "./publish-events.ts";

const bus = createEventBus({ client: new EventBridgeClient(networkLimits(3_000)), busName: env.eventBusName });

/** Table stream (outbox inserts only) → event bus. */
export const handler: DynamoDBStreamHandler = async ({ Records }) =>
  failedStreamRecords(await publishEvents({ bus, log }, Records));
