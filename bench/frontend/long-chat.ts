import type { Browser } from "playwright-core";
import type { TestDemo } from "../../test/e2e/demo.ts";
import { logIn, saidBy, say, Widget } from "../../test/e2e/screens.ts";
import { bytes, devTools, heapAfterCollection, report } from "./figures.ts";

/** An hour in which somebody writes every five seconds. */
const messages = 720;

/** What an hour of talk leaves in the memory of the visitor's and the agent's page. */
export async function measureLongChat(demo: TestDemo, browser: Browser): Promise<void> {
  const visitor = await browser.newContext({ locale: "en-GB" });
  const widget = await Widget.on(visitor, `${demo.console}/shop`);
  await widget.asks("How long do I have to return something?", /60 days/);
  await widget.button("Talk to a human").click();
  await widget.reference();
  const agent = await browser.newContext({ locale: "en-GB", viewport: { width: 1440, height: 900 } });
  const dashboard = await logIn(agent, `${demo.origin}/chatbot/demo/dashboard/live-chats`, "agent@demo.test");
  await dashboard.getByRole("list", { name: "Conversations" }).getByRole("listitem").first().click();
  await say(dashboard, "Hello, this is Mia.");
  await saidBy(widget.panel, "Hello, this is Mia.").waitFor();

  const pages = { widget: await devTools(widget.page), dashboard: await devTools(dashboard) };
  const heaps = async () => ({
    widget: await heapAfterCollection(pages.widget),
    dashboard: await heapAfterCollection(pages.dashboard),
  });
  const before = await heaps();
  for (let n = 0; n < messages; n++) {
    const text = `Message ${n} of a long hour: ${"word ".repeat(12)}`;
    if (n % 2 === 0) await say(dashboard, text);
    else await widget.says(text);
  }
  const last = `Message ${messages - 1} of`;
  await Promise.all([saidBy(widget.panel, last).waitFor(), saidBy(dashboard, last).waitFor()]);
  const after = await heaps();
  await Promise.all([visitor.close(), agent.close()]);
  console.log(`An hour of chat, ${messages} messages; heap after garbage collection:`);
  report("visitor's page with the widget, before → after", `${bytes(before.widget)} → ${bytes(after.widget)}`);
  report("agent's dashboard, before → after", `${bytes(before.dashboard)} → ${bytes(after.dashboard)}`);
}
