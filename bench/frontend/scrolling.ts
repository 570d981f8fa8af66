import type { Browser, Page, Route } from "playwright-core";
import type { ReplyOf } from "../../lambdas/contracts/http.ts";
import type { TestDemo } from "../../test/e2e/demo.ts";
import { logIn } from "../../test/e2e/screens.ts";
import { agentsBrowser, bytes, devTools, heapAfterCollection, ms, percentile, report } from "./figures.ts";

const rowCount = 100_000;
const pageSize = 50;
const scrollSeconds = 10;
/** Pixels of one frame: a fast wheel. */
const step = 120;

/**
 * Scrolls through 100,000 conversations. The rows come from this file instead of the API, because what is measured is
 * the page: it loads them page by page, as it does all others.
 */
export async function measureScrolling(demo: TestDemo, browser: Browser): Promise<void> {
  const context = await agentsBrowser(browser);
  await context.route("**/api/chatbots/demo/conversations?*", answerRows);
  const page = await logIn(context, `${demo.origin}/chatbot/demo/dashboard/live-chats`, "agent@demo.test");
  await page.getByRole("list", { name: "Conversations" }).getByRole("listitem").first().waitFor();
  const began = performance.now();
  await loadAll(page);
  const loaded = performance.now() - began;
  const heap = await heapAfterCollection(await devTools(page));
  const frames = await page.evaluate(scrollUp, { seconds: scrollSeconds, step });
  await context.close();
  const nodes = frames.nodes.toLocaleString("en");
  console.log(`Scrolling ${rowCount.toLocaleString("en")} conversations for ${scrollSeconds} s, ${step} px a frame:`);
  report("paging through all of them took", ms(loaded));
  report("frames, median / p95 / p99", [50, 95, 99].map((p) => ms(percentile(frames.times, p))).join(" / "));
  report(
    "frames a second",
    (1000 / (frames.times.reduce((sum, each) => sum + each, 0) / frames.times.length)).toFixed(1),
  );
  report("elements on the page, heap", `${nodes}, ${bytes(heap)}`);
}

async function answerRows(route: Route): Promise<void> {
  const cursor = Number(new URL(route.request().url()).searchParams.get("cursor") ?? 0);
  const now = Date.now();
  const rows: ReplyOf<"listConversations">["rows"] = Array.from({ length: pageSize }, (_, index) =>
    rowOf(cursor + index, now),
  );
  const next = cursor + pageSize;
  const body: ReplyOf<"listConversations"> = { now, rows, ...(next < rowCount ? { cursor: String(next) } : {}) };
  await route.fulfill({ json: body });
}

function rowOf(n: number, now: number): ReplyOf<"listConversations">["rows"][number] {
  const at = now - n * 60_000;
  return {
    conversationId: `conversation-${String(n).padStart(7, "0")}`,
    status: n % 3 === 0 ? "unassigned" : n % 3 === 1 ? "open" : "ended",
    epoch: 2,
    seq: 4,
    read: { visitor: 4, agent: 3 },
    unread: { visitor: 0, agent: n % 4 },
    botAnswers: 1,
    presentUntil: { visitor: n % 5 === 0 ? now + 60_000 : 0, agent: 0 },
    lastAt: at,
    startedAt: at - 300_000,
    last: { by: "visitor", preview: `Message ${n}: my parcel has not arrived, can somebody have a look at it please?` },
    displayName: `Visitor ${n}`,
    country: "NL",
  };
}

/** Goes to the end of the list until there is nothing more to load. */
async function loadAll(page: Page): Promise<void> {
  await page.evaluate(async (wanted) => {
    const list = document.querySelector<HTMLElement>('[aria-label="Conversations"]');
    if (list === null) throw new Error("There is no list of conversations.");
    let scroller: HTMLElement = list;
    while (scroller.scrollHeight <= scroller.clientHeight + 1 || getComputedStyle(scroller).overflowY === "visible") {
      if (scroller.parentElement === null) throw new Error("The list does not scroll.");
      scroller = scroller.parentElement;
    }
    (window as unknown as { scroller: HTMLElement }).scroller = scroller;
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    let same = 0;
    for (let height = 0; same < 120; ) {
      scroller.scrollTop = scroller.scrollHeight;
      await frame();
      if (scroller.scrollHeight === height) same++;
      else same = 0;
      height = scroller.scrollHeight;
      if (height > wanted) break;
    }
  }, rowCount * 1_000);
}

/** Runs in the page: moves the list by a step in every frame, from where it is towards its begin. */
async function scrollUp({ seconds, step }: { seconds: number; step: number }) {
  const { scroller } = window as unknown as { scroller: HTMLElement };
  const times: number[] = [];
  let last = 0;
  await new Promise<void>((done) => {
    const begin = performance.now();
    const move = (now: number): void => {
      if (last !== 0) times.push(now - last);
      last = now;
      scroller.scrollTop -= step;
      if (now - begin < seconds * 1000 && scroller.scrollTop > 0) requestAnimationFrame(move);
      else done();
    };
    requestAnimationFrame(move);
  });
  return { times, nodes: document.getElementsByTagName("*").length };
}
