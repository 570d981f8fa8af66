import { startDemo } from "../../local/demo/demo.ts";
import { assembly, type Counted, TestDemo } from "../../test/e2e/demo.ts";
import { Agent, newId, roleOf, Visitor } from "../../test/e2e/people.ts";

/**
 * What does each action cost on AWS? Runs it once on the local cloud, which counts the billed operations, and multiplies
 * by list prices.
 *
 *   npm run build && npm run bench:cost
 */

/** US dollars, us-east-1 list prices; Lambda at 256 MB on arm64 for 20 ms, without logs and queue requests. */
const price = {
  socketMessage: 1e-6,
  httpRequest: 1e-6,
  invocation: 0.2e-6 + (256 / 1024) * 0.02 * 0.0000133334,
  writeUnit: 0.625e-6,
  readUnit: 0.125e-6,
  event: 1e-6,
  mail: 1e-4,
};

interface Row {
  readonly action: string;
  readonly counted: Counted;
}

const demo = new TestDemo(await startDemo({ assembly }));
const rows: Row[] = [];

async function measure(action: string, run: () => Promise<unknown>): Promise<void> {
  await demo.settled();
  await demo.ask("DELETE", "/api/counters");
  await run();
  await demo.settled();
  rows.push({ action, counted: await demo.counters() });
}

try {
  let visitor = await Visitor.arrives(demo);
  const agent = await Agent.signsIn(demo);
  const dashboard = await agent.socket();
  await measure("start a conversation", async () => {
    visitor = await Visitor.arrives(demo);
  });
  let page = await visitor.socket();
  await page.close();
  await measure("open its socket (ticket, connect, hello)", async () => {
    page = await visitor.socket();
  });
  await measure("question and the AI's answer", async () => {
    page.send({ action: "send", id: newId(), text: "How long does shipping take?" });
    await page.next("entries", ({ entries }) => entries.some((entry) => roleOf(entry) === "bot"));
  });
  await measure("escalation with one mail and one ticket", () => visitor.escalates());
  await measure("agent opens the conversation", async () => {
    await agent.view(visitor.conversationId);
    await agent.watches(dashboard, visitor.conversationId);
  });
  await measure("agent takes over", () => agent.act(visitor.conversationId, { action: "takeOver", id: newId() }));
  await measure("message, both sides watching", async () => {
    const id = newId();
    page.send({ action: "send", id, text: "x".repeat(200) });
    await dashboard.next("entries", ({ entries }) => entries.some((entry) => entry.id === id));
  });
  await measure("heartbeat of a visitor", async () => {
    page.send({ action: "heartbeat" });
    await page.next("present");
  });
  await measure("end", () => agent.act(visitor.conversationId, { action: "end", id: newId() }));

  console.log("| action | socket | HTTP | functions | write units | read units | events | mails | $ per 1,000 |");
  console.log("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
  for (const { action, counted } of rows) console.log(line(action, counted));
} finally {
  await demo.demo.close();
}

function line(action: string, { websocket, http, lambda, dynamodb, events, ses }: Counted): string {
  const socket = (websocket?.messagesIn ?? 0) + (websocket?.messagesOut ?? 0);
  const numbers = [
    socket,
    http?.requests ?? 0,
    lambda?.invocations ?? 0,
    dynamodb?.writeUnits ?? 0,
    dynamodb?.readUnits ?? 0,
    events?.published ?? 0,
    ses?.emails ?? 0,
  ] as const;
  const prices = [
    price.socketMessage,
    price.httpRequest,
    price.invocation,
    price.writeUnit,
    price.readUnit,
    price.event,
    price.mail,
  ] as const;
  const dollars = numbers.reduce<number>((sum, n, i) => sum + n * (prices[i] ?? 0), 0);
  return `| ${[action, ...numbers, (dollars * 1000).toFixed(4)].join(" | ")} |`;
}
