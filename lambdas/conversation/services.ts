import type { Delivery } from "../adapters/delivery.ts";
import type { Ids } from "../runtime/ids.ts";
import type { Log } from "../runtime/log.ts";
import type { ChatbotStore } from "../store/chatbots.ts";
import type { ConversationStore } from "../store/conversations.ts";
import type { MemberStore, TeamStore } from "../store/members.ts";
import type { AttachingServices } from "./attach-files.ts";

/** What the use cases of a conversation depend on. */
export interface ConversationServices {
  readonly conversations: ConversationStore;
  readonly chatbots: Pick<ChatbotStore, "get">;
  readonly members: Pick<MemberStore, "get">;
  readonly team: TeamStore;
  readonly delivery: Delivery;
  readonly ids: Ids;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: Log;
}

/** What acting needs besides: messages carry files. */
export interface ActingServices extends ConversationServices, AttachingServices {}
