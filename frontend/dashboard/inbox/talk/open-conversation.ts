import type { ConversationView } from "../../../../lambdas/contracts/http.ts";
import { type Api, ApiError } from "../../../shared/api.ts";
import { type Channel, ConversationSession } from "../../../shared/conversation-session.ts";
import { putFile } from "../../../shared/files/put-file.ts";
import { Uploads } from "../../../shared/files/upload.ts";
import { Listeners } from "../../../shared/listeners.ts";
import { PagedConversation } from "../../../shared/paged-conversation.ts";
import { TypingNotice, Writers } from "../../../shared/typing.ts";
import { wholeConversation } from "../export/export-job.ts";
import type { ExportedConversation } from "../export/transcript-file.ts";
import { Assignment } from "./assignment.ts";
import { keepPending, readPending } from "./kept-messages.ts";
import { NoteOutbox } from "./note-outbox.ts";

/** Milliseconds between looks at the ledger while a notification is on its way. */
const ledgerMs = 4_000;
/** Milliseconds after a change of status until its notifications stand in the ledger. */
const ledgerFollowsMs = 1_500;

export interface OpenConversationOptions {
  readonly api: Api;
  readonly channel: Channel;
  readonly chatbotId: string;
  readonly conversationId: string;
  /** The server's clock, milliseconds. */
  readonly serverNow: () => number;
}

export type Opening = "loading" | "ready" | "missing" | { readonly failed: string };

/**
 * The conversation that an agent has open: its page from the API with everything around the talk, and its session on
 * the connection. Closing it while a message is still on its way leaves the session running until that has arrived.
 */
export class OpenConversation {
  readonly model: PagedConversation;
  readonly session: ConversationSession;
  readonly notes: NoteOutbox;
  readonly assignment: Assignment;
  readonly uploads: Uploads;
  /** Who else is writing. */
  readonly writers: Writers;
  /** That we are writing. */
  readonly typing: TypingNotice;
  readonly #options: OpenConversationOptions;
  readonly #path: { readonly chatbotId: string; readonly conversationId: string };
  readonly #listeners = new Listeners();
  #opening: Opening = "loading";
  #details: ConversationView | undefined;
  #loadingOlder = false;
  #closed = false;
  #epoch: number | undefined;
  #ledgerTimer: ReturnType<typeof setTimeout> | undefined;
  #stopKeeping: (() => void) | undefined;
  readonly #stopWriters: () => void;

  constructor(options: OpenConversationOptions) {
    const { api, channel, chatbotId, conversationId, serverNow } = options;
    const changed = () => this.#listeners.tell();
    this.#options = options;
    this.#path = { chatbotId, conversationId };
    this.model = new PagedConversation({
      party: "agent",
      conversationId,
      now: Date.now,
      createId: () => crypto.randomUUID(),
    });
    this.session = new ConversationSession(
      this.model,
      channel,
      (ms, run) => {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
      { conversationId },
    );
    this.notes = new NoteOutbox({ channel, conversationId, changed });
    this.assignment = new Assignment({ channel, conversationId, serverNow, changed });
    this.uploads = new Uploads({
      request: (body, signal) => api.call("requestAgentUpload", { path: this.#path, body, signal }),
      put: putFile,
      changed,
    });
    this.writers = new Writers(conversationId, changed);
    this.typing = new TypingNotice(() => void channel.send({ action: "typing", conversationId }));
    this.#stopWriters = channel.onFrame((frame) => this.writers.take(frame));
  }

  get conversationId(): string {
    return this.#options.conversationId;
  }

  get opening(): Opening {
    return this.#opening;
  }

  get path(): { readonly chatbotId: string; readonly conversationId: string } {
    return this.#path;
  }

  /** Visitor, links and notifications, as last read. */
  get details(): ConversationView | undefined {
    return this.#details;
  }

  /** Called when anything but the model changes, which tells of its own changes. */
  subscribe(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Reads the conversation and takes part in it. Also the way to try again. */
  async open(): Promise<void> {
    this.#opening = "loading";
    this.#listeners.tell();
    try {
      const view = await this.#options.api.call("viewConversation", { path: this.#path });
      if (this.#closed) return;
      this.#details = view;
      this.model.loadPage(view.entries, view.more, { now: this.#options.serverNow(), row: view.row });
      this.model.restore(readPending(this.conversationId));
      this.#opening = "ready";
      this.#epoch = view.row.epoch;
      this.#stopKeeping = this.model.subscribe(() => this.#modelChanged());
      this.session.start();
      this.#watchLedger();
    } catch (error) {
      const missing = error instanceof ApiError && error.code === "not_found";
      this.#opening = missing ? "missing" : { failed: error instanceof Error ? error.message : String(error) };
    }
    this.#listeners.tell();
  }

  /** Stops taking part, once what was written has arrived. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#ledgerTimer);
    this.#stopWriters();
    this.writers.stop();
    this.assignment.stop();
    this.#endWhenSent();
  }

  /** Reads visitor, links and notifications again. Failing changes nothing: what is shown stays. */
  async refreshDetails(): Promise<void> {
    try {
      this.#details = await this.#options.api.call("viewConversation", { path: this.#path });
      this.#listeners.tell();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
    this.#watchLedger();
  }

  /** Reads the page before the oldest entry that is here. */
  async loadOlder(): Promise<void> {
    const oldest = this.model.entries[0];
    if (this.#loadingOlder || oldest === undefined || !this.model.hasOlder) return;
    this.#loadingOlder = true;
    try {
      const page = await this.#options.api.call("viewConversation", {
        path: this.#path,
        query: { before: oldest.seq },
      });
      this.model.loadPage(page.entries, page.more);
    } catch (error) {
      // The button above the messages is still there to try again.
      if (!(error instanceof ApiError)) throw error;
    } finally {
      this.#loadingOlder = false;
    }
  }

  /** Reads everything that was ever written in it. */
  readWhole(): Promise<ExportedConversation> {
    const { api } = this.#options;
    return wholeConversation(
      this.conversationId,
      (_, before, signal) =>
        api.call("viewConversation", { path: this.#path, query: before === undefined ? {} : { before }, signal }),
      new AbortController().signal,
    );
  }

  #modelChanged(): void {
    keepPending(this.conversationId, this.model.pending);
    if (this.#closed) {
      this.#endWhenSent();
      return;
    }
    const epoch = this.model.state?.epoch;
    if (epoch === this.#epoch) return;
    this.#epoch = epoch;
    this.#lookAtLedgerIn(ledgerFollowsMs);
  }

  #endWhenSent(): void {
    if (this.model.nextToSend !== undefined || this.notes.pending.some(({ state }) => state === "sending")) return;
    this.notes.stop();
    this.#stopKeeping?.();
    this.session.stop();
  }

  #watchLedger(): void {
    const states = this.#details?.notifications.map(({ state }) => state) ?? [];
    if (states.includes("queued") || states.includes("sending")) this.#lookAtLedgerIn(ledgerMs);
  }

  #lookAtLedgerIn(ms: number): void {
    clearTimeout(this.#ledgerTimer);
    if (this.#closed) return;
    this.#ledgerTimer = setTimeout(() => void this.refreshDetails(), ms);
  }
}
