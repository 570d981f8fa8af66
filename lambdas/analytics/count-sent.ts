import type { Log } from "../runtime/log.ts";
import type { ConversationStore } from "../store/conversations.ts";
import type { Counter, StatisticsStore } from "../store/statistics.ts";

/**
 * A ledger that counts what was sent: each notification once, in the hour in which it left. A count that fails is
 * logged and fails nothing, because the notification has been sent.
 *
 * @param counted whether a notification is one of those that are counted, by its id
 */
export function countSent(
  conversations: ConversationStore,
  { statistics, log }: { readonly statistics: Pick<StatisticsStore, "record">; readonly log: Log },
  count: Counter,
  counted: (notificationId: string) => boolean = () => true,
): ConversationStore {
  return {
    ...conversations,
    async settle(ref, notificationId, result) {
      await conversations.settle(ref, notificationId, result);
      if (result.state !== "sent" || !counted(notificationId)) return;
      const factId = `${ref.conversationId}-${notificationId}-sent`;
      try {
        await statistics.record(ref.chatbotId, { factId, at: result.at, count });
      } catch (error) {
        log.warn("not_counted", { conversationId: ref.conversationId, error });
      }
    },
  };
}
