import type { ServerFrame } from "../../../../lambdas/contracts/protocol.ts";
import type { Channel } from "../../../shared/conversation-session.ts";

/** Somebody else was quicker. */
export interface Claim {
  /** Absent: nobody has the conversation any more. */
  readonly name?: string;
  /** When, milliseconds since the epoch by the server's clock. */
  readonly at: number;
}

export type AssignmentStanding =
  | { readonly kind: "idle" }
  | { readonly kind: "asking"; readonly id: string }
  | { readonly kind: "taken"; readonly claim: Claim }
  | { readonly kind: "refused"; readonly reason: string };

export interface AssignmentOptions {
  readonly channel: Pick<Channel, "send" | "onFrame">;
  readonly conversationId: string;
  readonly serverNow: () => number;
  readonly changed: () => void;
  readonly createId?: () => string;
}

/** Gives a conversation to somebody, on the condition that it is still whose we think it is. */
export class Assignment {
  readonly #options: AssignmentOptions;
  readonly #end: () => void;
  #standing: AssignmentStanding = { kind: "idle" };

  constructor(options: AssignmentOptions) {
    this.#options = options;
    this.#end = options.channel.onFrame((frame) => this.#received(frame));
  }

  get standing(): AssignmentStanding {
    return this.#standing;
  }

  /**
   * @param agentId `null` gives it to nobody
   * @param expected whose it is as far as we can see
   */
  give(agentId: string | null, expected: string | null): void {
    const { channel, conversationId, createId = () => crypto.randomUUID() } = this.#options;
    const id = createId();
    const sent = channel.send({ action: "assign", id, agentId, expected, conversationId });
    this.#set(sent ? { kind: "asking", id } : { kind: "refused", reason: "" });
  }

  /** Somebody took it over in the same moment as we did: the server has settled it for them. */
  lostTo(claim: Claim): void {
    this.#set({ kind: "taken", claim });
  }

  dismiss(): void {
    this.#set({ kind: "idle" });
  }

  stop(): void {
    this.#end();
  }

  #received(frame: ServerFrame): void {
    if (this.#standing.kind !== "asking") return;
    if (frame.type === "error" && frame.id === this.#standing.id) {
      const { assignee } = frame;
      if (frame.code !== "conflict") this.#set({ kind: "refused", reason: frame.message });
      else {
        const at = assignee?.at ?? this.#options.serverNow();
        this.#set({ kind: "taken", claim: { at, ...(assignee === undefined ? {} : { name: assignee.name }) } });
      }
    } else if (frame.type === "state" && frame.state.conversationId === this.#options.conversationId) {
      this.#set({ kind: "idle" });
    }
  }

  #set(standing: AssignmentStanding): void {
    this.#standing = standing;
    this.#options.changed();
  }
}
