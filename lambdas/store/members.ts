/** An agent's right to see a chatbot. `agentId` is the login's `sub`. */
export interface Membership {
  readonly agentId: string;
  readonly chatbotId: string;
  readonly role: "agent" | "owner";
  readonly email: string;
  readonly name: string;
}

export interface MemberStore {
  get(agentId: string, chatbotId: string): Promise<Membership | undefined>;
  ofAgent(agentId: string): Promise<readonly Membership[]>;
  ofChatbot(chatbotId: string): Promise<readonly Membership[]>;
  /** Adds or replaces. `last_owner`: nothing was written, because the chatbot would be left without an owner. Atomic. */
  put(membership: Membership): Promise<"done" | "last_owner">;
  /** As `put`; `unknown` when there is no such member. */
  remove(agentId: string, chatbotId: string): Promise<"done" | "last_owner" | "unknown">;
}

/** A member of a list, an owner besides them if there is one, and whether the chatbot has no owner without them. */
export function ownersWithout(all: readonly Membership[], agentId: string) {
  const known = all.find((each) => each.agentId === agentId);
  const staying = all.find((each) => each.role === "owner" && each.agentId !== agentId);
  const isOwner = known?.role === "owner";
  return { known, staying: isOwner ? staying : undefined, isLastOwner: isOwner && staying === undefined };
}

/** An agent's open dashboard: gets the inbox's pushes and makes the team present. */
export interface TeamSocket {
  readonly chatbotId: string;
  readonly connectionId: string;
  readonly agentId: string;
  readonly name: string;
  /** End of its lease, seconds since the epoch. */
  readonly until: number;
}

export interface TeamStore {
  join(socket: TeamSocket): Promise<void>;
  /** False: the socket is not known; the client has to say hello. */
  renew(chatbotId: string, connectionId: string, until: number): Promise<boolean>;
  /** Remembers that a socket also takes part in a conversation, so that leaving can take it off that as well. */
  watch(chatbotId: string, connectionId: string, conversationId: string): Promise<void>;
  /** Forgets a socket; returns the conversations that it took part in. */
  leave(chatbotId: string, connectionId: string): Promise<readonly string[]>;
  /** Sockets whose lease runs at `now` (milliseconds since the epoch). */
  present(chatbotId: string, now: number): Promise<readonly TeamSocket[]>;
}

/** Single-use tickets. */
export interface TicketStore {
  /** True the first time that this id is used. `expiresAt`: seconds since the epoch, when it may be forgotten. */
  useOnce(ticketId: string, expiresAt: number): Promise<boolean>;
}
