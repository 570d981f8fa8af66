import type { EventType, LifecycleEvent } from "../contracts/events.ts";
import type { Fact } from "../store/statistics.ts";

/** Events that add to the statistics. Of `message.asked.v1` the first of a conversation does: it stands for the conversation. */
export const countedEvents = [
  "message.asked.v1",
  "conversation.escalated.v1",
  "conversation.opened.v1",
  "conversation.ended.v1",
  "conversation.rated.v1",
] as const satisfies readonly EventType[];

/** What a lifecycle event adds to the statistics; `undefined` where it adds nothing. */
export function factOfEvent({ type, detail }: LifecycleEvent): Fact | undefined {
  const fact = { factId: detail.eventId, at: detail.at };
  switch (type) {
    case "message.asked.v1":
      return detail.seq === 1 ? { ...fact, count: "conversations" } : undefined;
    case "conversation.escalated.v1":
      return { ...fact, count: "escalations" };
    case "conversation.opened.v1":
      return { ...fact, count: "opened", ...secondsBetween("firstResponse", detail.escalatedAt, detail.at) };
    case "conversation.ended.v1":
      return {
        ...fact,
        count: "ended",
        ...secondsBetween("resolution", detail.escalatedAt ?? detail.startedAt, detail.at),
      };
    case "conversation.rated.v1": {
      const { score, replaces } = detail;
      return { ...fact, rating: score, ...(replaces === undefined ? {} : { replacedRating: replaces }) };
    }
    default:
      return undefined;
  }
}

function secondsBetween(name: "firstResponse" | "resolution", from: number | undefined, to: number): Partial<Fact> {
  return from === undefined ? {} : { [name]: (to - from) / 1000 };
}
