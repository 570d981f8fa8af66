import type { MailOutcome, MailSender, OutgoingMail } from "../../lambdas/adapters/mail.ts";
import type { EventDetail } from "../../lambdas/contracts/events.ts";
import { LiveChatSettings } from "../../lambdas/contracts/settings.ts";
import type { ConversationRef } from "../../lambdas/domain/conversation.ts";
import { createInvite } from "../../lambdas/notification/portal-invitation.ts";
import { createStopMails } from "../../lambdas/notification/stop-mails.ts";
import type { Log } from "../../lambdas/runtime/log.ts";
import type { Chatbot } from "../../lambdas/store/chatbots.ts";
import { createMemoryStores } from "../../lambdas/store/memory/stores.ts";
import { aConversation, aMessage, aMove, anAppend, aRef, bot, minutes, start } from "../store/builders.ts";

type Settings = Partial<{
  liveChat: Partial<{ [K in keyof LiveChatSettings]: unknown }>;
  brand: Partial<Chatbot["settings"]["brand"]>;
  responder: Chatbot["settings"]["responder"];
}>;

export function aChatbot(
  chatbotId: string,
  { liveChat, brand, responder }: Settings = {},
  over: Partial<Chatbot> = {},
): Chatbot {
  return {
    chatbotId,
    version: 1,
    plan: { name: "standard", liveChatAddOn: false },
    sealed: { zendeskToken: "sealed:token" },
    settings: {
      brand: {
        name: "Fernweh Outdoor",
        color: "#0b6e4f",
        logoUrl: "",
        greeting: "Hello!",
        suggestedQuestions: [],
        position: "right",
        locale: "en",
        host: "",
        ...brand,
      },
      responder: responder ?? { kind: "knowledge" },
      retention: { days: 0 },
      liveChat: LiveChatSettings.parse({
        enabled: true,
        email: { enabled: true, addresses: ["team@example.com"] },
        zendesk: { enabled: true, subdomain: "fernweh", user: "bot@example.com" },
        ...liveChat,
      }),
    },
    ...over,
  };
}

/** Sends into a list; what it answers can be set for the next calls. */
export function aMailbox() {
  const sent: OutgoingMail[] = [];
  const answers: MailOutcome[] = [];
  const mail: MailSender = {
    async send(each) {
      const answer = answers.shift() ?? { kind: "sent", messageId: `ses-${sent.length + 1}` };
      if (answer.kind === "sent" || answer.kind === "unknown") sent.push(each);
      return answer;
    },
  };
  return { mail, sent, answers };
}

export function aLog() {
  const lines: string[] = [];
  const write = (code: string) => void lines.push(code);
  const log: Log = { info: write, warn: write, error: write };
  return { log, lines };
}

/** Stores, a mailbox and a clock, with a chatbot; nothing leaves the test. */
export async function aWorld(chatbot: Chatbot = aChatbot("demo")) {
  const stores = createMemoryStores();
  await stores.chatbots.put(chatbot);
  const clock = { now: minutes(10) };
  const mailbox = aMailbox();
  const { log, lines } = aLog();
  const invite = createInvite({
    conversations: stores.conversations,
    tokens: { createLinkToken: async ({ linkId }) => `token-of-${linkId}` },
    publicOrigin: "https://chat.example",
  });
  const stopMails = createStopMails({
    tokens: { createMailToken: async ({ recipientHash }) => `stop-${recipientHash}` },
    publicOrigin: "https://chat.example",
  });
  const outside = { ...stores, mail: mailbox.mail, invite, stopMails, now: () => clock.now, log };
  return { stores, chatbot, clock, mailbox, outside, logged: lines };
}
export type World = Awaited<ReturnType<typeof aWorld>>;

/** A conversation in which the bot did not help and the visitor asked for a person; returns the event. */
export async function anEscalation(
  { stores, chatbot }: World,
  { lead = {}, texts = ["Where is my parcel?"] }: { lead?: object; texts?: readonly string[] } = {},
): Promise<{ ref: ConversationRef; detail: EventDetail<"conversation.escalated.v1"> }> {
  const ref = aRef(chatbot.chatbotId);
  const { conversations } = stores;
  await conversations.start(aConversation(ref));
  await conversations.saveLead(ref, lead);
  for (const text of texts) await conversations.append(ref, anAppend({ message: aMessage(text) }));
  await conversations.append(ref, anAppend({ message: aMessage("I don't know that.", { author: bot }) }));
  const moved = await conversations.move(
    ref,
    aMove("escalate", { at: minutes(5), reference: "7KQ4-M2TX", text: "Thanks! Somebody will be with you soon." }),
  );
  if (moved.kind !== "moved") throw new Error("not escalated");
  return {
    ref,
    detail: {
      ...ref,
      eventId: "event-1",
      at: minutes(5),
      epoch: moved.head.epoch,
      seq: moved.head.seq,
      reference: "7KQ4-M2TX",
    },
  };
}

export { start };
