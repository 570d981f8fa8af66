import { isLive } from "../../domain/presence.ts";
import {
  type MemberStore,
  type Membership,
  ownersWithout,
  type TeamSocket,
  type TeamStore,
  type TicketStore,
} from "../members.ts";

export function createMemoryMembers(): MemberStore {
  const members = new Map<string, Membership>();
  const key = (agentId: string, chatbotId: string): string => `${agentId}#${chatbotId}`;
  const membersOf = (chatbotId: string): Membership[] =>
    [...members.values()].filter((each) => each.chatbotId === chatbotId);
  return {
    async get(agentId, chatbotId) {
      return members.get(key(agentId, chatbotId));
    },
    async ofAgent(agentId) {
      return [...members.values()].filter((each) => each.agentId === agentId);
    },
    async ofChatbot(chatbotId) {
      return membersOf(chatbotId);
    },
    async put(membership) {
      const { agentId, chatbotId, role } = membership;
      if (role !== "owner" && ownersWithout(membersOf(chatbotId), agentId).isLastOwner) return "last_owner";
      members.set(key(agentId, chatbotId), membership);
      return "done";
    },
    async remove(agentId, chatbotId) {
      const { known, isLastOwner } = ownersWithout(membersOf(chatbotId), agentId);
      if (known === undefined) return "unknown";
      if (isLastOwner) return "last_owner";
      members.delete(key(agentId, chatbotId));
      return "done";
    },
  };
}

export function createMemoryTeam(): TeamStore {
  const sockets = new Map<string, TeamSocket>();
  const watching = new Map<string, Set<string>>();
  return {
    async join(socket) {
      sockets.set(`${socket.chatbotId}#${socket.connectionId}`, socket);
    },
    async renew(chatbotId, connectionId, until) {
      const socket = sockets.get(`${chatbotId}#${connectionId}`);
      if (socket === undefined) return false;
      sockets.set(`${chatbotId}#${connectionId}`, { ...socket, until });
      return true;
    },
    async watch(chatbotId, connectionId, conversationId) {
      const key = `${chatbotId}#${connectionId}`;
      watching.set(key, new Set([...(watching.get(key) ?? []), conversationId]));
    },
    async leave(chatbotId, connectionId) {
      const key = `${chatbotId}#${connectionId}`;
      const left = [...(watching.get(key) ?? [])];
      sockets.delete(key);
      watching.delete(key);
      return left;
    },
    async present(chatbotId, now) {
      return [...sockets.values()].filter((each) => each.chatbotId === chatbotId && isLive(each.until, now));
    },
  };
}

export function createMemoryTickets(): TicketStore {
  const used = new Set<string>();
  return {
    async useOnce(ticketId) {
      if (used.has(ticketId)) return false;
      used.add(ticketId);
      return true;
    },
  };
}
