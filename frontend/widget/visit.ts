import type { Lead } from "../../lambdas/contracts/http.ts";
import type { Attachment } from "../../lambdas/contracts/protocol.ts";
import type { PublicChatbot } from "../../lambdas/contracts/settings.ts";
import { ApiError, createApi, type Routes } from "../shared/api.ts";
import { browserEnvironment, socketOriginOf } from "../shared/browser-environment.ts";
import { ChatConnection, type ConnectionStatus } from "../shared/connection.ts";
import { ConversationModel } from "../shared/conversation-model.ts";
import { ConversationSession } from "../shared/conversation-session.ts";
import { Listeners } from "../shared/listeners.ts";
import type { VisitStore } from "./visit-store.ts";
import type { VisitedPage } from "./visited-page.ts";

const routes = {
  readWidget: "GET /api/chatbots/{chatbotId}/widget",
  startConversation: "POST /api/conversations",
  actOnConversation: "POST /api/conversations/{conversationId}/actions",
  saveLead: "PUT /api/conversations/{conversationId}/lead",
  identifyVisitor: "PUT /api/conversations/{conversationId}/identity",
  issueVisitorTicket: "POST /api/socket-tickets",
} as const satisfies Partial<Routes>;

const api = createApi(routes);

export interface VisitOptions {
  readonly chatbotId: string;
  readonly store: VisitStore;
  readonly isShown: () => boolean;
  /** Where the visitor is now. */
  readonly visited: () => VisitedPage;
  /** Shown on a message that could not even start a conversation. */
  readonly notStarted: () => string;
  /** The conversation is another person's than the one whom the token proves. */
  readonly onAnotherPerson: (jwt: string) => void;
}

/**
 * A visitor's conversation with a chatbot. Looking at the panel starts nothing: the conversation begins with the first
 * message, or goes on where the saved one stopped.
 */
export class Visit {
  readonly model: ConversationModel;
  readonly #options: VisitOptions;
  readonly #connection: ChatConnection;
  readonly #session: ConversationSession;
  readonly #statuses = new Listeners();
  /** Set while there is a conversation, or about to be one. */
  #beginning: Promise<PublicChatbot> | undefined;
  /** The first message waits for the network. */
  #waits = false;
  /** Signed by the owner's server. */
  #jwt: string | undefined;

  constructor(options: VisitOptions) {
    const { store, isShown } = options;
    const environment = browserEnvironment(isShown);
    this.#options = options;
    this.model = new ConversationModel({ party: "visitor", now: Date.now, createId: () => crypto.randomUUID() });
    this.#connection = new ChatConnection({
      socketOrigin: socketOriginOf(location),
      environment,
      ticket: async () => (await api.call("issueVisitorTicket", { body: {}, token: this.#pass.token })).ticket,
      post: (body) => api.call("actOnConversation", { body, ...this.#pass }),
    });
    this.#session = new ConversationSession(this.model, this.#connection, environment.after);
    this.#session.start();
    this.#connection.onStatus(() => this.#statuses.tell());
    this.model.restore(store.read().pending ?? []);
    this.model.subscribe(() => {
      const { pending } = this.model;
      if (store.read().pending !== pending) store.save({ pending });
    });
  }

  /** Undefined while there is no conversation. */
  get status(): ConnectionStatus | undefined {
    return this.#beginning ? this.#connection.status : this.#waits ? "offline" : undefined;
  }

  onStatus(listener: () => void): () => void {
    return this.#statuses.add(listener);
  }

  /** The chatbot as visitors see it; the saved conversation, where there is one, is taken up again by the same call. */
  async load(): Promise<PublicChatbot> {
    const { chatbotId, store } = this.#options;
    const { session } = store.read();
    if (session !== undefined) return await this.#begin(session);
    if (this.model.nextToSend !== undefined) return await this.#begin();
    return await api.call("readWidget", { path: { chatbotId } });
  }

  say(text: string, files?: readonly Attachment[]): void {
    this.#session.say(text, files);
    void this.#start();
  }

  retry(id: string): void {
    this.#session.retry(id);
    void this.#start();
  }

  command(command: "escalate" | "end"): void {
    this.#session.command(command);
  }

  escalate(): void {
    this.command("escalate");
  }

  markRead(): void {
    this.#session.markRead();
  }

  /** The panel was opened, or the page is looked at again. */
  wake(): void {
    this.#connection.wake();
  }

  /** Saves how the visitor can be reached, at once or as soon as there is a conversation. Throws `ApiError`. */
  async saveLead(body: Lead): Promise<void> {
    const { store } = this.#options;
    store.save({ keptLead: body, email: body.email });
    if (!this.#beginning) return;
    await api.call("saveLead", { body, ...this.#pass });
    store.save({ keptLead: undefined, lead: "saved" });
  }

  /** Proves who the visitor is, at once or as soon as there is a conversation. Throws `ApiError`. */
  async identify(jwt: string): Promise<void> {
    this.#jwt = jwt;
    if (!this.#beginning) return;
    const { store, onAnotherPerson } = this.#options;
    try {
      const { lead } = await api.call("identifyVisitor", { body: { jwt }, ...this.#pass });
      store.save({ lead: "saved", email: lead.email });
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== "conflict") throw error;
      onAnotherPerson(jwt);
    }
  }

  /** Forgets the conversation; it stays with the team. */
  leave(): void {
    this.#session.stop();
    this.#connection.close();
    this.#options.store.leave();
  }

  /** For what comes later. */
  get channel(): ChatConnection {
    return this.#connection;
  }

  /** What every call about the conversation needs; it is begun where there is none. Throws `ApiError`. */
  async pass(): Promise<Pass> {
    await this.#begin();
    return this.#pass;
  }

  get #pass(): Pass {
    const { session = "", conversationId = "" } = this.#options.store.read();
    return { path: { conversationId }, token: session };
  }

  /** Begins the conversation with the first message; one that could not is begun by the next try. */
  async #start(): Promise<void> {
    try {
      await this.#begin();
      this.#waits = false;
    } catch (error) {
      this.#waits = !navigator.onLine;
      const told = error instanceof ApiError && error.status >= 400 && error.status < 500 ? error.message : undefined;
      if (this.#waits) addEventListener("online", () => this.model.nextToSend && this.#start(), { once: true });
      else for (const { id } of this.model.pending) this.model.fail(id, told ?? this.#options.notStarted());
    }
    this.#statuses.tell();
  }

  #begin(before?: string): Promise<PublicChatbot> {
    this.#beginning ??= this.#open(before).catch((error) => {
      this.#beginning = undefined;
      throw error;
    });
    return this.#beginning;
  }

  async #open(before?: string): Promise<PublicChatbot> {
    const { chatbotId, visited, store } = this.#options;
    const { session, conversationId, chatbot } = await api.call("startConversation", {
      body: { chatbotId, ...(before !== undefined && { session: before }), ...visited() },
    });
    store.save({ session, conversationId });
    this.model.identify(conversationId);
    this.#connection.open();
    // What fails now is kept, for the next page.
    const { keptLead } = store.read();
    if (keptLead !== undefined) this.saveLead(keptLead).catch(() => undefined);
    if (this.#jwt !== undefined) this.identify(this.#jwt).catch(() => undefined);
    return chatbot;
  }
}

/** The conversation, and the session that it is open to. */
export interface Pass {
  readonly path: { readonly conversationId: string };
  readonly token: string;
}
