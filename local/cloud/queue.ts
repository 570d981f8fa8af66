import { randomUUID } from "node:crypto";
import * as z from "zod";
import type { Clock, Faults } from "./service.ts";

const second = 1_000;

const attributeShape = z.looseObject({ DataType: z.string(), StringValue: z.string().optional() });

export const messageShape = z.object({
  messageId: z.string(),
  body: z.string(),
  attributes: z.record(z.string(), attributeShape),
  sentAt: z.number(),
  visibleAt: z.number(),
  receiveCount: z.number(),
  firstReceivedAt: z.number().optional(),
  /** Handle of the latest receive; older ones no longer delete it. */
  receipt: z.string().optional(),
  /** ARN of the queue it fell out of. */
  deadLetterOf: z.string().optional(),
});

export type Message = z.infer<typeof messageShape>;
export type MessageAttributes = Message["attributes"];

export interface QueueRules {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly visibilitySeconds: number;
  readonly delaySeconds: number;
  readonly retentionSeconds: number;
  readonly waitSeconds: number;
  readonly maximumBytes: number;
  /** After this many receives a message goes to the dead-letter queue instead of to a receiver. */
  readonly redrive?: { readonly maxReceiveCount: number; deadLetter(message: Message): void };
}

/** A standard queue: at least once, in no promised order, invisible while somebody works on a message. */
export interface Queue {
  readonly rules: QueueRules;
  send(message: { body: string; attributes?: MessageAttributes; delaySeconds?: number | undefined }): Message;
  /** Takes a message that fell out of another queue; it keeps its id and its age. */
  adopt(message: Message): void;
  receive(limit: number, visibilitySeconds?: number): readonly Message[];
  delete(receipt: string): void;
  /** False when the receipt is not that of a message in flight. */
  changeVisibility(receipt: string, seconds: number): boolean;
  purge(): void;
  messages(): readonly Message[];
  /** Called when a message may have become visible. Returns the way to stop. */
  onVisible(listener: () => void): () => void;
}

export function createQueue(
  rules: QueueRules,
  { clock, faults, changed }: { clock: Clock; faults: Faults; changed: () => void },
  kept: readonly Message[],
): Queue {
  let messages: Message[] = [...kept];
  const listeners = new Set<() => void>();

  function announce(message: Message): void {
    clock.after(Math.max(0, message.visibleAt - clock.now()), () => {
      for (const listener of [...listeners]) listener();
    });
  }

  function add(message: Message): void {
    messages.push(message);
    changed();
    announce(message);
  }

  function dropExpired(): void {
    const oldest = clock.now() - rules.retentionSeconds * second;
    if (messages.some(({ sentAt }) => sentAt < oldest)) messages = messages.filter(({ sentAt }) => sentAt >= oldest);
  }

  function hide(message: Message, seconds: number): void {
    message.visibleAt = clock.now() + seconds * second;
    changed();
    announce(message);
  }

  for (const message of messages) announce(message);

  return {
    rules,
    send({ body, attributes = {}, delaySeconds = rules.delaySeconds }) {
      const now = clock.now();
      const message: Message = {
        messageId: randomUUID(),
        body,
        attributes,
        sentAt: now,
        visibleAt: now + delaySeconds * second,
        receiveCount: 0,
      };
      add(message);
      return message;
    },
    adopt(message) {
      add({ ...message, visibleAt: clock.now(), receiveCount: 0, receipt: undefined });
    },
    receive(limit, visibilitySeconds = rules.visibilitySeconds) {
      dropExpired();
      const received: Message[] = [];
      for (const message of messages.filter(({ visibleAt }) => visibleAt <= clock.now())) {
        if (received.length >= limit) break;
        if (rules.redrive && message.receiveCount >= rules.redrive.maxReceiveCount) {
          messages = messages.filter((one) => one !== message);
          changed();
          rules.redrive.deadLetter({ ...message, deadLetterOf: rules.arn });
          continue;
        }
        const duplicate = faults.strike("queue.duplicate", { queue: rules.name }) && { ...message };
        message.receiveCount += 1;
        message.firstReceivedAt ??= clock.now();
        message.receipt = randomUUID();
        hide(message, visibilitySeconds);
        received.push({ ...message });
        if (duplicate) add(duplicate);
      }
      return received;
    },
    delete(receipt) {
      messages = messages.filter((message) => message.receipt !== receipt);
      changed();
    },
    changeVisibility(receipt, seconds) {
      const message = messages.find((one) => one.receipt === receipt);
      if (message) hide(message, seconds);
      return message !== undefined;
    },
    purge() {
      messages = [];
      changed();
    },
    messages() {
      dropExpired();
      return messages;
    },
    onVisible(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
