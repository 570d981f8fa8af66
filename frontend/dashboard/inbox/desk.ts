import type { CannedReply, ReplyOf } from "../../../lambdas/contracts/http.ts";
import type { Api } from "../../shared/api.ts";
import { Listeners } from "../../shared/listeners.ts";

export type TeamMember = ReplyOf<"listTeam">["team"][number];

/** Milliseconds between looks at who is there. */
const teamEveryMs = 60_000;

/** What an agent has at hand in every conversation of a chatbot: the team, the canned replies, what is allowed. */
export class Desk {
  readonly #api: Api;
  readonly #chatbotId: string;
  /** The agent who is logged in. */
  readonly me: string | undefined;
  readonly #listeners = new Listeners();
  #team: readonly TeamMember[] = [];
  #allowed: ReplyOf<"listTeam">["allowed"] = { handBack: false, attachments: false };
  #replies: readonly CannedReply[] = [];
  #clockAhead = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(api: Api, chatbotId: string, me: string | undefined) {
    this.#api = api;
    this.#chatbotId = chatbotId;
    this.me = me;
  }

  get team(): readonly TeamMember[] {
    return this.#team;
  }

  get allowed(): ReplyOf<"listTeam">["allowed"] {
    return this.#allowed;
  }

  get replies(): readonly CannedReply[] {
    return this.#replies;
  }

  /** What the visitors see the agent called. */
  get myName(): string | undefined {
    return this.#team.find(({ agentId }) => agentId === this.me)?.name;
  }

  isPresent({ presentUntil }: TeamMember): boolean {
    return presentUntil > Date.now() + this.#clockAhead;
  }

  subscribe(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  start(): void {
    this.#timer = setInterval(() => void this.refreshTeam(), teamEveryMs);
    void this.refreshTeam();
    void this.refreshReplies();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Failing changes nothing: what is known stays, and the next look may succeed. */
  async refreshTeam(): Promise<void> {
    const reply = await this.#api.call("listTeam", this.#path).catch(() => undefined);
    if (reply === undefined) return;
    this.#team = reply.team;
    this.#allowed = reply.allowed;
    this.#clockAhead = reply.now - Date.now();
    this.#listeners.tell();
  }

  async refreshReplies(): Promise<void> {
    const reply = await this.#api.call("listReplies", this.#path).catch(() => undefined);
    if (reply === undefined) return;
    this.#replies = reply.replies;
    this.#listeners.tell();
  }

  get #path() {
    return { path: { chatbotId: this.#chatbotId } };
  }
}
