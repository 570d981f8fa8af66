import { randomUUID } from "node:crypto";
import type { ReplyOf } from "../lambdas/contracts/http.ts";
import type { ClientActionInput } from "../lambdas/contracts/protocol.ts";
import type { Demo } from "../local/demo/demo.ts";

/** Somebody who fills the list of the dashboard while others are photographed. */
interface Guest {
  readonly country: string;
  readonly timeZone: string;
  readonly lead?: { readonly name: string; readonly email: string };
  readonly question: string;
  /** What an agent answers. Absent: the guest waits. */
  readonly answer?: string;
  readonly ends?: boolean;
}

export const guests: readonly Guest[] = [
  {
    country: "CH",
    timeZone: "Europe/Zurich",
    question: "Is customs included for Switzerland?",
    answer: "Yes, we send to Switzerland duty paid: nothing is due at the door.",
    ends: true,
  },
  {
    country: "SE",
    timeZone: "Europe/Stockholm",
    lead: { name: "Astrid Lind", email: "astrid@example.com" },
    question: "Can I exchange the trail shoes for half a size up?",
    answer: "Of course. Which size do you have now?",
  },
  {
    country: "FR",
    timeZone: "Europe/Paris",
    lead: { name: "Camille Roux", email: "camille@example.com" },
    question: "Is the tent for two still in stock in your store in Lyon?",
  },
];

/** Starts a guest's conversation and takes it as far as the guest says. */
export async function receive({ frontDoor, console: consoleOrigin }: Demo, guest: Guest): Promise<void> {
  const { country, timeZone, lead, question, answer, ends } = guest;
  const { conversationId, session } = await call<ReplyOf<"startConversation">>(`${frontDoor}/api/conversations`, {
    headers: { "x-local-country": country },
    body: { chatbotId: "demo", page: `${consoleOrigin}/shop`, locale: "en", timeZone },
  });
  const conversation = `${frontDoor}/api/conversations/${conversationId}`;
  const asVisitor = (action: ClientActionInput) => call(`${conversation}/actions`, { token: session, body: action });
  if (lead !== undefined) await call(`${conversation}/lead`, { method: "PUT", token: session, body: lead });
  await asVisitor({ action: "send", id: newId(), text: question });
  await asVisitor({ action: "escalate", id: newId() });
  if (answer === undefined) return;

  const { accessToken: token } = await call<{ accessToken: string }>(`${consoleOrigin}/api/token`, {
    body: { user: "agent@demo.test" },
  });
  const asAgent = (action: ClientActionInput) =>
    call(`${frontDoor}/api/chatbots/demo/conversations/${conversationId}/actions`, { token, body: action });
  await asAgent({ action: "send", id: newId(), text: answer });
  if (ends === true) await asAgent({ action: "end", id: newId() });
}

interface Request {
  readonly method?: "POST" | "PUT";
  readonly headers?: Readonly<Record<string, string>>;
  readonly token?: string;
  readonly body: unknown;
}

async function call<T>(url: string, { method = "POST", headers = {}, token, body }: Request): Promise<T> {
  const response = await fetch(url, {
    method,
    headers: {
      "content-type": "application/json",
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

function newId(): string {
  return randomUUID().replaceAll("-", "").slice(0, 21);
}
