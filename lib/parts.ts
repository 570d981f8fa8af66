import type { AgentPool } from "./agent-pool.ts";
import type { FunctionDefaults } from "./chat-function.ts";
import type { ConversationTable } from "./conversation-table.ts";
import type { EventBus } from "./event-bus.ts";
import type { Files } from "./files.ts";
import type { HttpRoutes } from "./http-routes.ts";
import type { Keys } from "./keys.ts";
import type { Mail } from "./mail.ts";
import type { Site } from "./site.ts";
import type { SocketApi } from "./socket-api.ts";

/** What the features are made of. Each takes what it needs, and its functions get no more than that. */
export interface Parts {
  readonly defaults: FunctionDefaults;
  readonly table: ConversationTable;
  readonly files: Files;
  readonly keys: Keys;
  readonly routes: HttpRoutes;
  readonly sockets: SocketApi;
  readonly agents: AgentPool;
  readonly bus: EventBus;
  readonly mail: Mail;
  readonly site: Site;
}
