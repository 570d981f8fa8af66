import type { PendingMessage } from "../shared/conversation-model.ts";

/** What a visitor's browser remembers of a conversation with one chatbot. */
export interface SavedVisit {
  readonly session?: string;
  readonly conversationId?: string;
  /** What has not been confirmed: a closed tab loses nothing. */
  readonly pending?: readonly PendingMessage[];
  readonly draft?: string;
  readonly lead?: "saved" | "skipped";
}

export interface VisitStore {
  read(): SavedVisit;
  /** Adds to what is saved. */
  save(change: SavedVisit): void;
  clear(): void;
}

/** Keeps the visit in the storage of our own origin, or in memory where the browser forbids that in a frame. */
export function visitStore(
  chatbotId: string,
  storage: Pick<Storage, "getItem" | "setItem" | "removeItem">,
): VisitStore {
  const key = `livechat:${chatbotId}`;
  let memory: SavedVisit = readFrom(storage, key);
  return {
    read: () => memory,
    save(change) {
      memory = { ...memory, ...change };
      try {
        storage.setItem(key, JSON.stringify(memory));
      } catch {
        // Full or forbidden: the visit lives as long as the page.
      }
    },
    clear() {
      memory = {};
      try {
        storage.removeItem(key);
      } catch {
        // As above.
      }
    },
  };
}

/** The browser's storage; a stand-in that forgets where even looking at it is forbidden. */
export function browserStorage(): Pick<Storage, "getItem" | "setItem" | "removeItem"> {
  try {
    return localStorage;
  } catch {
    return { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };
  }
}

function readFrom(storage: Pick<Storage, "getItem">, key: string): SavedVisit {
  try {
    const value: unknown = JSON.parse(storage.getItem(key) ?? "{}");
    return typeof value === "object" && value !== null ? narrowed(value) : {};
  } catch {
    return {};
  }
}

/** An older version of ours, or somebody in the console, may have written anything. */
function narrowed(value: object): SavedVisit {
  const field = (name: string): unknown => (value as Record<string, unknown>)[name];
  const [session, conversationId, draft, lead] = ["session", "conversationId", "draft", "lead"].map(field);
  const pending = field("pending");
  return {
    ...(typeof session === "string" ? { session } : {}),
    ...(typeof conversationId === "string" ? { conversationId } : {}),
    ...(typeof draft === "string" ? { draft } : {}),
    ...(lead === "saved" || lead === "skipped" ? { lead } : {}),
    ...(Array.isArray(pending) ? { pending: pending.filter(isPending) } : {}),
  };
}

function isPending(value: unknown): value is PendingMessage {
  if (typeof value !== "object" || value === null) return false;
  const { id, text, at, after, state, tried } = value as Record<string, unknown>;
  return (
    typeof id === "string" &&
    typeof text === "string" &&
    typeof at === "number" &&
    typeof after === "number" &&
    (state === "sending" || state === "failed") &&
    typeof tried === "boolean"
  );
}
