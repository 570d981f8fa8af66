/** Conversations that were open last in this tab, the newest first. */
export class RecentConversations {
  readonly #storage: Pick<Storage, "getItem" | "setItem">;
  readonly #key: string;

  constructor(chatbotId: string, storage: Pick<Storage, "getItem" | "setItem">) {
    this.#storage = storage;
    this.#key = `dashboard:recent:${chatbotId}`;
  }

  all(): readonly string[] {
    return (this.#storage.getItem(this.#key) ?? "").split(" ").filter((id) => id !== "");
  }

  opened(conversationId: string): void {
    const others = this.all().filter((id) => id !== conversationId);
    this.#storage.setItem(this.#key, [conversationId, ...others].slice(0, mostRecent).join(" "));
  }
}

const mostRecent = 8;
