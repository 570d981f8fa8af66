import type { Browser } from "playwright-core";
import type { TestDemo } from "../../test/e2e/demo.ts";
import { newId, Visitor } from "../../test/e2e/people.ts";
import { logIn } from "../../test/e2e/screens.ts";
import { agentsBrowser, median, ms, percentile, report } from "./figures.ts";

const conversations = 60;
const rounds = 9;

/** How long an agent who is logged in waits for the first rows, after the page has painted anything. */
export async function measureFirstRows(demo: TestDemo, browser: Browser): Promise<void> {
  for (let n = 0; n < conversations; n++) {
    const visitor = await Visitor.arrives(demo);
    await visitor.act({ action: "send", id: newId(), text: `Question ${n}: when do you open?` });
    await visitor.escalates();
  }
  await demo.settled();
  const context = await agentsBrowser(browser);
  const page = await logIn(context, `${demo.origin}/chatbot/demo/dashboard/live-chats`, "agent@demo.test");
  const rows = page.getByRole("list", { name: "Conversations" }).getByRole("listitem");
  await rows.first().waitFor();
  const shell: number[] = [];
  const first: number[] = [];
  await page.addInitScript(watchFirstRow);
  for (let round = 0; round < rounds; round++) {
    await page.reload();
    await page.waitForFunction(() => (window as unknown as { firstRow?: number }).firstRow !== undefined);
    const seen = await page.evaluate(() => ({
      shell: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
      row: (window as unknown as { firstRow?: number }).firstRow ?? 0,
    }));
    shell.push(seen.shell);
    first.push(seen.row - seen.shell);
  }
  await context.close();
  console.log(`The inbox with ${conversations} conversations, ${rounds} times:`);
  report("navigation → shell painted, median", ms(median(shell)));
  report("shell painted → first rows, median / worst", `${ms(median(first))} / ${ms(percentile(first, 100))}`);
}

/** Runs in the page, before its own scripts. */
function watchFirstRow(): void {
  const look = (): void => {
    if (document.querySelector('[role="list"] [role="listitem"], ul li a, ol li a') === null)
      requestAnimationFrame(look);
    else (window as unknown as { firstRow: number }).firstRow = performance.now();
  };
  requestAnimationFrame(look);
}
