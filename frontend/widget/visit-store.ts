import type { Lead } from "../../lambdas/contracts/http.ts";
import type { PendingMessage } from "../shared/conversation-model.ts";

/** What a visitor's browser remembers of a conversation with one chatbot. */
export interface SavedVisit {
  readonly session?: string;
  readonly conversationId?: string;
  /** What has not been confirmed: a closed tab loses nothing. */
  readonly pending?: readonly PendingMessage[];
  readonly draft?: string;
  /** Whether the visitor was asked how to be reached, and what came of it. */
  readonly lead?: "saved" | "skipped";
  /** The address that the visitor left. */
  readonly email?: string | undefined;
  /** What is not saved yet, perhaps because there is no conversation to save it with. */
  readonly keptLead?: Lead | undefined;
  /** How the visitor wants to be told of messages while looking elsewhere; stays when a new conversation begins. */
  readonly alerts?: readonly Alert[];
}

export type Alert = "sound" | "notification";

type KeptStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export interface VisitStore {
  read(): SavedVisit;
  /** Adds to what is saved. */
  save(change: SavedVisit): void;
  /** Forgets the conversation. */
  leave(): void;
  /** Forgets everything. */
  clear(): void;
}

/** Keeps the visit in the storage of our own origin, or in memory where the browser forbids that in a frame. */
export function visitStore(chatbotId: string, storage: () => KeptStorage): VisitStore {
  const key = `livechat:${chatbotId}`;
  /** Even looking at the storage may be forbidden; then, and when it is full, the visit lives as long as the page. */
  const ifAllowed = <T>(use: (allowed: KeptStorage) => T): T | undefined => {
    try {
      return use(storage());
    } catch {
      return undefined;
    }
  };
  let memory = ifAllowed((allowed) => checked(JSON.parse(allowed.getItem(key) ?? "{}"))) ?? {};
  const write = (visit: SavedVisit) => {
    memory = visit;
    ifAllowed((allowed) => allowed.setItem(key, JSON.stringify(visit)));
  };
  return {
    read: () => memory,
    save: (change) => write({ ...memory, ...change }),
    leave: () => write({ alerts: memory.alerts ?? [] }),
    clear() {
      memory = {};
      ifAllowed((allowed) => allowed.removeItem(key));
    },
  };
}

/** An older version of ours, or somebody in the console, may have written anything: then we start anew. */
function checked(value: SavedVisit): SavedVisit {
  const { session, conversationId, draft, pending = [] } = value;
  const texts = [session, conversationId, draft, ...pending.flatMap(({ id, text }) => [id, text])];
  return texts.every((each) => each === undefined || typeof each === "string") ? value : {};
}
