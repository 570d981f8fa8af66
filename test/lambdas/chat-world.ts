import type { Connections, PostResult } from "../../lambdas/adapters/connections.ts";
import { createDelivery } from "../../lambdas/adapters/delivery.ts";
import type { ClientAction, ServerFrame } from "../../lambdas/contracts/protocol.ts";
import { ChatbotSettings } from "../../lambdas/contracts/settings.ts";
import { type Acting, act } from "../../lambdas/conversation/act.ts";
import type { ActingServices } from "../../lambdas/conversation/services.ts";
import { DomainError } from "../../lambdas/domain/errors.ts";
import type { Plan } from "../../lambdas/domain/plan.ts";
import type { Command } from "../../lambdas/domain/status.ts";
import type { AgentCaller, PortalCaller, VisitorCaller } from "../../lambdas/runtime/caller.ts";
import { parseKeyRing } from "../../lambdas/runtime/keys.ts";
import type { Log } from "../../lambdas/runtime/log.ts";
import { createTokens } from "../../lambdas/runtime/tokens.ts";
import type { PortalLink } from "../../lambdas/store/conversations.ts";
import { createMemoryStores } from "../../lambdas/store/memory/stores.ts";

export const start = Date.UTC(2026, 10, 2, 9, 0, 0);
export const minute = 60_000;
export const day = 24 * 60 * minute;

const keyRing = parseKeyRing(JSON.stringify({ current: "k1", k1: "a".repeat(64) }));

/** Sockets that remember what they got. Ids in `gone` and `broken` answer like sockets that are. */
export function fakeConnections() {
  const posted: { readonly to: string; readonly frame: ServerFrame }[] = [];
  const closed: string[] = [];
  const gone = new Set<string>();
  const broken = new Set<string>();
  const connections: Connections = {
    async post(connectionId, frame): Promise<PostResult> {
      if (gone.has(connectionId)) return "gone";
      if (broken.has(connectionId)) return "failed";
      posted.push({ to: connectionId, frame });
      return "delivered";
    },
    async close(connectionId) {
      closed.push(connectionId);
    },
  };
  return {
    ...connections,
    posted,
    closed,
    gone,
    broken,
    framesTo: (connectionId: string) => posted.filter(({ to }) => to === connectionId).map(({ frame }) => frame),
  };
}

export function fakeLog() {
  const lines: { readonly level: string; readonly code: string; readonly facts: unknown }[] = [];
  const at = (level: string) => (code: string, facts?: unknown) => void lines.push({ level, code, facts });
  const log: Log = { info: at("info"), warn: at("warn"), error: at("error") };
  return { ...log, lines };
}

/** One chatbot `shop` with live chat, one visitor's conversation, one agent, and a clock that only tests move. */
export async function aChat({
  plan = { name: "standard", liveChatAddOn: false },
  liveChat = true,
  settings: liveChatSettings = {},
}: {
  plan?: Plan;
  liveChat?: boolean;
  /** Of live chat, over the defaults. */
  settings?: { readonly rating?: object; readonly handBack?: object };
} = {}) {
  const clock = { now: start };
  const now = () => clock.now;
  const stores = createMemoryStores();
  const connections = fakeConnections();
  const log = fakeLog();
  let made = 0;
  const ids = {
    newId: () => `made-id-${String(++made).padStart(4, "0")}`,
    newReference: () => "7KQ4-M2TX",
  };
  const tokens = createTokens({ keys: { read: async () => keyRing, readAgain: async () => keyRing }, now });
  const delivery = createDelivery({ connections, conversations: stores.conversations, team: stores.team, now });
  /** Ids of files whose content has been uploaded. */
  const uploaded = new Set<string>();
  const services: ActingServices & { conversations: typeof stores.conversations } = {
    ...stores,
    delivery,
    ids,
    now,
    log,
    fileObjects: { keep: async ({ fileId }) => uploaded.has(fileId) },
  };

  const settings = ChatbotSettings.parse({
    brand: { name: "Shop" },
    liveChat: { enabled: liveChat, ...liveChatSettings },
  });
  await stores.chatbots.put({ chatbotId: "shop", version: 1, settings, plan, sealed: {} });
  const ref = { chatbotId: "shop", conversationId: "conversation-1" };
  await stores.conversations.start({ ...ref, visitorId: "visitor-1", at: start, facts: { country: "DE" } });
  const membership = { chatbotId: "shop", email: "ada@example.com", name: "Ada", role: "agent" as const };
  await stores.members.put({ ...membership, agentId: "agent-ada" });

  const visitor: VisitorCaller = { kind: "visitor", ...ref, visitorId: "visitor-1" };
  const agent: AgentCaller = { kind: "agent", chatbotId: "shop", agentId: "agent-ada", name: "Ada", role: "agent" };

  async function portal(role: "agent" | "customer", linkId = `link-${role}`): Promise<PortalCaller> {
    const link: PortalLink = {
      ...ref,
      linkId,
      role,
      recipient: "somebody@example.com",
      createdAt: clock.now,
      expiresAt: clock.now + 30 * day,
      opened: 0,
    };
    await stores.conversations.createLink(link);
    return { kind: "portal", ...ref, linkId, role, name: role === "agent" ? "Shop" : "" };
  }

  const doing = (acting: Acting) => act(services, acting);
  return {
    clock,
    stores,
    connections,
    log,
    ids,
    tokens,
    services,
    uploaded,
    ref,
    visitor,
    agent,
    portal,
    act: doing,
    /** Opens the conversation through a socket. Agents name it. */
    join: (caller: Acting["caller"], connectionId: string) =>
      doing({ caller, connectionId, action: hello(ref.conversationId) }),
    head: async () => {
      const head = await stores.conversations.head(ref);
      if (head === undefined) throw new Error("the conversation is gone");
      return head;
    },
    eventTypes: () => stores.conversations.outbox.map((event) => event.type),
  };
}
export type Chat = Awaited<ReturnType<typeof aChat>>;

export function hello(conversationId: string, after = 0): ClientAction {
  return { action: "hello", version: 1, after, conversationId };
}

export function send(id: string, text: string): ClientAction {
  return { action: "send", id, text, conversationId: "conversation-1" };
}

export function change(action: Command, id = `${action}-0001`): ClientAction {
  return { action, id, conversationId: "conversation-1" };
}

/** The code of the refusal; fails when there is none, or something else than a refusal. */
export async function refusalCode(promise: Promise<unknown>): Promise<string> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ("value" in outcome) throw new Error(`not refused: ${JSON.stringify(outcome.value)}`);
  if (!(outcome.error instanceof DomainError)) throw outcome.error;
  return outcome.error.code;
}
