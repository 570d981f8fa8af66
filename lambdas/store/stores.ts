import type { AgentNotificationStore } from "./agent-notifications.ts";
import type { ChatbotStore } from "./chatbots.ts";
import type { ConversationStore } from "./conversations.ts";
import type { FileStore } from "./files.ts";
import type { MailWishStore } from "./mail-wishes.ts";
import type { MemberStore, TeamStore, TicketStore } from "./members.ts";
import type { PushKeyStore } from "./push-keys.ts";
import type { ReplyStore } from "./replies.ts";
import type { StatisticsStore } from "./statistics.ts";

/** Everything that is stored, aggregate by aggregate. `dynamodb/` and `memory/` pass the same tests. */
export interface Stores {
  readonly conversations: ConversationStore;
  readonly chatbots: ChatbotStore;
  readonly mailWishes: MailWishStore;
  readonly members: MemberStore;
  readonly team: TeamStore;
  readonly tickets: TicketStore;
  readonly files: FileStore;
  readonly replies: ReplyStore;
  readonly statistics: StatisticsStore;
  readonly agentNotifications: AgentNotificationStore;
  readonly pushKeys: PushKeyStore;
}
