import { performance } from "node:perf_hooks";
import { startDemo } from "../../local/demo/demo.ts";
import { assembly, TestDemo } from "../../test/e2e/demo.ts";
import { Agent, newId, Visitor } from "../../test/e2e/people.ts";

/**
 * How long does a message take on this machine? From the visitor's socket through the function and the table's two
 * writes: to the sender's acknowledgement, and to the agent's socket. One message at a time, after a warm-up.
 *
 *   npm run build && npm run bench:latency
 */
const warmUp = 50;
const counted = 300;

const demo = new TestDemo(await startDemo({ assembly }));
try {
  const visitor = await Visitor.arrives(demo);
  const page = await visitor.socket();
  const agent = await Agent.signsIn(demo);
  const dashboard = await agent.socket();
  await visitor.escalates();
  await agent.watches(dashboard, visitor.conversationId);
  await agent.act(visitor.conversationId, { action: "takeOver", id: newId() });

  const acknowledged: number[] = [];
  const pushed: number[] = [];
  for (let i = 0; i < warmUp + counted; i++) {
    const id = newId();
    const began = performance.now();
    page.send({ action: "send", id, text: `Message ${i}: ${"x".repeat(180)}` });
    const [toSender, toAgent] = await Promise.all([
      page.arrival("sent", (frame) => frame.id === id),
      dashboard.arrival("entries", (frame) => frame.entries.some((entry) => entry.id === id)),
    ]);
    if (i < warmUp) continue;
    acknowledged.push(toSender - began);
    pushed.push(toAgent - began);
  }
  console.log(`${counted} messages of 200 characters, one at a time, after ${warmUp} to warm up; milliseconds:`);
  for (const [name, times] of [
    ["acknowledged to the sender", acknowledged],
    ["pushed to the agent", pushed],
  ] as const) {
    console.log(
      `  ${name.padEnd(28)} p50 ${percentile(times, 50)}   p90 ${percentile(times, 90)}   p99 ${percentile(times, 99)}`,
    );
  }
} finally {
  await demo.demo.close();
}

function percentile(times: readonly number[], p: number): string {
  const sorted = [...times].sort((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * p) / 100))] ?? 0).toFixed(1);
}
