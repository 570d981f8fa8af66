import { type EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { eventSource, type LifecycleEvent } from "../contracts/events.ts";

/** The bus that lifecycle events leave on. */
export interface EventBus {
  /** True at the index of each event that the bus has accepted. Never throws for a single event's sake. */
  publish(events: readonly LifecycleEvent[]): Promise<readonly boolean[]>;
}

/** Entries of one PutEvents call ("PutEvents", API reference). */
const entriesPerCall = 10;

export function createEventBus({ client, busName }: { client: EventBridgeClient; busName: string }): EventBus {
  async function publishChunk(chunk: readonly LifecycleEvent[]): Promise<readonly boolean[]> {
    const reply = await client
      .send(
        new PutEventsCommand({
          Entries: chunk.map(({ type, detail }) => ({
            EventBusName: busName,
            Source: eventSource,
            DetailType: type,
            Detail: JSON.stringify(detail),
            Time: new Date(detail.at),
          })),
        }),
      )
      .catch(() => undefined);
    // The reply's entries stand in the order of the request's; one without an id was not taken.
    return chunk.map((_, index) => reply?.Entries?.[index]?.EventId !== undefined);
  }

  return {
    async publish(events) {
      const accepted: boolean[] = [];
      for (let start = 0; start < events.length; start += entriesPerCall) {
        accepted.push(...(await publishChunk(events.slice(start, start + entriesPerCall))));
      }
      return accepted;
    },
  };
}
