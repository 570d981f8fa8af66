import type { Lead } from "../../lambdas/contracts/http.ts";
import type { ClientActionInput } from "../../lambdas/contracts/protocol.ts";
import type { PublicChatbot } from "../../lambdas/contracts/settings.ts";
import type { Api } from "../shared/api.ts";
import { ApiError } from "../shared/api.ts";
import { ChatConnection, type ConnectionEnvironment, type ConnectionStatus } from "../shared/connection.ts";
import { ConversationModel } from "../shared/conversation-model.ts";
import { ConversationSession } from "../shared/conversation-session.ts";
import type { VisitStore } from "./visit-store.ts";

/** Where the visitor is; goes with a new conversation. */
export interface VisitedPage {
  readonly page?: string;
  readonly referrer?: string;
  readonly locale?: string;
  readonly timeZone?: string;
}

export interface VisitOptions {
  readonly api: Api;
  readonly chatbotId: string;
  readonly store: VisitStore;
  readonly visited: VisitedPage;
  readonly socketOrigin: string;
  readonly environment: ConnectionEnvironment;
  readonly createId: () => string;
  /** Shown on a message that could not even start a conversation. */
  readonly notStarted: () => string;
}

/**
 * A visitor's conversation with a chatbot. Looking at the panel starts nothing: the conversation begins with the first
 * message, or goes on where the saved one stopped.
 */
export class Visit {
  readonly model: ConversationModel;
  readonly #options: VisitOptions;
  readonly #statusListeners = new Set<() => void>();
  #connection: ChatConnection | undefined;
  #session: ConversationSession | undefined;
  #starting = false;

  constructor(options: VisitOptions) {
    this.#options = options;
    this.model = new ConversationModel({
      party: "visitor",
      now: () => Date.now(),
      createId: options.createId,
    });
    this.model.restore(options.store.read().pending ?? []);
    this.model.subscribe(() => {
      if (options.store.read().pending !== this.model.pending) options.store.save({ pending: this.model.pending });
    });
  }

  /** Undefined while there is no conversation. */
  get status(): ConnectionStatus | undefined {
    return this.#connection?.status;
  }

  onStatus(listener: () => void): () => void {
    this.#statusListeners.add(listener);
    return () => this.#statusListeners.delete(listener);
  }

  /** The chatbot as visitors see it; the saved conversation, where there is one, is taken up again by the same call. */
  async load(): Promise<PublicChatbot> {
    const { api, chatbotId, store, visited } = this.#options;
    const { session } = store.read();
    if (session === undefined) return await api.call("readWidget", { path: { chatbotId } });
    const started = await api.call("startConversation", { body: { chatbotId, session, ...visited } });
    this.#begin(started.session, started.conversationId);
    return started.chatbot;
  }

  say(text: string): void {
    if (text.trim() === "") return;
    if (this.#session !== undefined) this.#session.say(text);
    else {
      this.model.say(text);
      void this.#start();
    }
  }

  retry(id: string): void {
    if (this.#session !== undefined) this.#session.retry(id);
    else {
      this.model.retry(id);
      void this.#start();
    }
  }

  escalate(): void {
    this.#session?.command("escalate");
  }

  end(): void {
    this.#session?.command("end");
  }

  markRead(): void {
    this.#session?.markRead();
  }

  /** The panel was opened, or the page is looked at again. */
  wake(): void {
    this.#connection?.wake();
  }

  async saveLead(lead: Lead): Promise<void> {
    const { session, conversationId } = this.#options.store.read();
    if (session === undefined || conversationId === undefined) return;
    await this.#options.api.call("saveLead", { path: { conversationId }, body: lead, token: session });
    this.#options.store.save({ lead: "saved" });
  }

  /** Forgets the conversation; it stays with the team. */
  leave(): void {
    this.#session?.stop();
    this.#connection?.close();
    this.#options.store.clear();
  }

  async #start(): Promise<void> {
    if (this.#starting) return;
    this.#starting = true;
    const { api, chatbotId, visited } = this.#options;
    try {
      const started = await api.call("startConversation", { body: { chatbotId, ...visited } });
      this.#begin(started.session, started.conversationId);
    } catch (error) {
      const reason = error instanceof ApiError && error.status >= 400 && error.status < 500 ? error.message : undefined;
      for (const message of this.model.pending) this.model.fail(message.id, reason ?? this.#options.notStarted());
    } finally {
      this.#starting = false;
    }
  }

  #begin(session: string, conversationId: string): void {
    const { api, store, environment, socketOrigin } = this.#options;
    store.save({ session, conversationId });
    this.model.identify(conversationId);
    const connection = new ChatConnection({
      socketOrigin,
      environment,
      ticket: async () => (await api.call("issueVisitorTicket", { body: {}, token: session })).ticket,
      post: (action: ClientActionInput) =>
        api.call("actOnConversation", { path: { conversationId }, body: action, token: session }),
    });
    this.#connection = connection;
    this.#session = new ConversationSession(this.model, connection, environment.after);
    connection.onStatus(() => {
      for (const listener of [...this.#statusListeners]) listener();
    });
    this.#session.start();
    connection.open();
  }
}
