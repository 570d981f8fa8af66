import type { Delivery } from "../adapters/delivery.ts";
import type { Responder, Turn } from "../adapters/responders/responder.ts";
import type { EventDetail } from "../contracts/events.ts";
import { limits } from "../contracts/limits.ts";
import type { Entry, MessageEntry } from "../contracts/protocol.ts";
import type { ConversationHead, ConversationRef } from "../domain/conversation.ts";
import { botAnswersIn } from "../domain/status.ts";
import { TryAgain } from "../runtime/batch.ts";
import type { Log } from "../runtime/log.ts";
import type { Chatbot, ChatbotStore } from "../store/chatbots.ts";
import type { ConversationStore } from "../store/conversations.ts";
import type { TicketStore } from "../store/members.ts";
import { AnswerDeltas } from "./answer-deltas.ts";

export interface AnswerOutside {
  readonly conversations: Pick<ConversationStore, "open" | "head" | "append">;
  readonly chatbots: Pick<ChatbotStore, "get" | "knowledge">;
  readonly tickets: TicketStore;
  readonly delivery: Pick<Delivery, "entries" | "toConversation">;
  readonly responderOf: (chatbot: Chatbot) => Promise<Responder>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: Log;
}

/** How often the fence is looked at while an answer is streamed, milliseconds. Each look costs one read unit. */
export const fenceMs = 250;

/** An answer that takes longer is given up with an apology, milliseconds. Below the function's own limit. */
export const answerMs = 25_000;

/** Entries before the question that a responder sees. */
const historyEntries = 12;

const apology =
  "I'm sorry, something went wrong on my side and I can't answer right now. Somebody of the team can help you.";

/** A message without words: its files are for people. */
const onlyFiles =
  "Thank you, your file has arrived. I can't look into files myself. Tell me what it is about, or somebody of the team can help you.";

/**
 * The bot answers a visitor's question, behind the fence (architecture 5): it works for the epoch of the question, stops
 * when a human has taken over, and the answer is stored only if the epoch still holds. A failure becomes an apology that
 * offers a human.
 *
 * @throws TryAgain when not even the apology could be stored.
 */
export async function answerQuestion(
  outside: AnswerOutside,
  detail: EventDetail<"message.asked.v1">,
  { receiveCount }: { readonly receiveCount: number },
): Promise<void> {
  const ref = { chatbotId: detail.chatbotId, conversationId: detail.conversationId };
  const answerId = `answer-${detail.epoch}-${detail.seq}`;
  const [chatbot, opened] = await Promise.all([
    outside.chatbots.get(ref.chatbotId),
    outside.conversations.open(ref, { limit: historyEntries, before: detail.seq + 1 }),
  ]);
  if (chatbot === undefined || opened === undefined || !holds(opened.head, detail.epoch)) return;
  const question = opened.entries.findLast((entry) => entry.seq === detail.seq);
  if (question?.kind !== "message" || question.author.role !== "visitor") return;
  // A duplicate delivery is a first one too and finds the name taken. After a crash the queue counts on, and the answer
  // is made again; it is stored once, because its id is always the same.
  const claim = `${ref.chatbotId}/${ref.conversationId}/${answerId}/${receiveCount}`;
  if (!(await outside.tickets.useOnce(claim, Math.floor(outside.now() / 1000) + claimSeconds))) return;

  const answer = await stream(outside, {
    ref,
    chatbot,
    head: opened.head,
    question,
    entries: opened.entries,
    answerId,
  });
  if (answer === "overtaken") return;
  await store(outside, ref, chatbot, detail.epoch, answerId, answer);
}

/** A queue delivers a message again for days; a claim outlives that. */
const claimSeconds = 15 * 24 * 60 * 60;

interface Answer {
  readonly text: string;
  readonly sources?: readonly string[];
  readonly offersHuman?: boolean;
}

interface Asked {
  readonly ref: ConversationRef;
  readonly chatbot: Chatbot;
  readonly head: ConversationHead;
  readonly question: MessageEntry;
  readonly entries: readonly Entry[];
  readonly answerId: string;
}

async function stream(outside: AnswerOutside, asked: Asked): Promise<Answer | "overtaken"> {
  const { ref, chatbot, question, answerId } = asked;
  const { epoch } = asked.head;
  const stop = new AbortController();
  const deltas = new AnswerDeltas({ conversationId: ref.conversationId, epoch, answerId }, outside.now);
  let sources: readonly string[] = [];
  let offersHuman = false;
  let head = asked.head;
  let lookedAt = outside.now();
  const startedAt = lookedAt;
  const timer = setTimeout(() => stop.abort(), answerMs);
  try {
    if (question.text.trim() === "") return { text: onlyFiles, offersHuman: true };
    const responder = await outside.responderOf(chatbot);
    const parts = responder.answer(question.text, {
      ...ref,
      brandName: chatbot.settings.brand.name,
      locale: chatbot.settings.brand.locale,
      history: turnsOf(asked.entries, question.seq),
      knowledge: () => outside.chatbots.knowledge(ref.chatbotId),
      signal: stop.signal,
    });
    for await (const part of untilAborted(parts, stop.signal)) {
      if (outside.now() - startedAt > answerMs) throw new Error("The answer took too long.");
      if (outside.now() - lookedAt >= fenceMs) {
        const current = await outside.conversations.head(ref);
        if (current === undefined || !holds(current, epoch)) {
          stop.abort();
          return "overtaken";
        }
        head = current;
        lookedAt = outside.now();
      }
      if ("sources" in part) sources = part.sources;
      else if ("offersHuman" in part) offersHuman = true;
      else {
        const frame = deltas.add(part.text);
        if (frame !== undefined) head = await outside.delivery.toConversation(head, frame);
        if (deltas.text.length >= limits.messageLength) break;
      }
    }
    const text = fitting(deltas.text.trim());
    if (text === "") throw new Error("The answer is empty.");
    return { text, ...(sources.length > 0 ? { sources } : {}), ...(offersHuman ? { offersHuman } : {}) };
  } catch (error) {
    outside.log.error("answer_failed", { ...ref, reason: chatbot.settings.responder.kind, error });
    return { text: apology, offersHuman: true };
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
}

async function store(
  outside: AnswerOutside,
  ref: ConversationRef,
  chatbot: Chatbot,
  epoch: number,
  id: string,
  answer: Answer,
): Promise<void> {
  const result = await outside.conversations
    .append(ref, {
      message: { id, author: { role: "bot", name: chatbot.settings.brand.name }, at: outside.now(), ...answer },
      whileStatus: botAnswersIn,
      epoch,
      follow: () => ({ events: [] }),
    })
    .catch((error: unknown): never => {
      outside.log.warn("answer_not_stored", { ...ref, error });
      throw new TryAgain("answer_not_stored");
    });
  // Refused: a human took over while it was written, or the conversation is gone. Nobody gets to see it.
  if (result.kind === "refused") return;
  await outside.delivery.entries(result.head, [result.entry]);
}

function holds(head: ConversationHead, epoch: number): boolean {
  return head.epoch === epoch && botAnswersIn.includes(head.status);
}

function turnsOf(entries: readonly Entry[], before: number): Turn[] {
  return entries.flatMap((entry): Turn[] => {
    if (entry.kind !== "message" || entry.seq >= before || entry.text.trim() === "") return [];
    const { role } = entry.author;
    return role === "visitor" || role === "bot" ? [{ by: role, text: entry.text }] : [];
  });
}

/** Cuts between characters at the limit of a message. */
function fitting(text: string): string {
  if (text.length <= limits.messageLength) return text;
  return `${text.slice(0, limits.messageLength - 1).replace(/[\uD800-\uDBFF]$/u, "")}…`;
}

/** A responder that ignores the signal must not hold the answer: waiting ends with the signal too. */
async function* untilAborted<T>(parts: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(new Error("The answer was given up.")), { once: true });
  });
  aborted.catch(() => undefined);
  const iterator = parts[Symbol.asyncIterator]();
  for (;;) {
    const next = await Promise.race([iterator.next(), aborted]);
    if (next.done === true) return;
    yield next.value;
  }
}
