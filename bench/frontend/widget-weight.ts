import { brotliCompressSync } from "node:zlib";
import type { Browser, Page, Response } from "playwright-core";
import type { TestDemo } from "../../test/e2e/demo.ts";
import { Widget } from "../../test/e2e/screens.ts";
import { bytes, devTools, median, metricsOf, ms, report } from "./figures.ts";

const rounds = 7;

/** What the widget costs a page before anybody touches it, and what opening it loads. */
export async function measureWidget(demo: TestDemo, browser: Browser): Promise<void> {
  const scriptBefore: number[] = [];
  const opening: number[] = [];
  let before: Load | undefined;
  let after: Load | undefined;
  let stability: Stability | undefined;
  for (let round = 0; round < rounds; round++) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.addInitScript(watchStability);
    const load = watchLoad(page, demo.origin);
    const session = await devTools(page);
    await page.goto(`${demo.console}/shop`, { waitUntil: "load" });
    await page.getByRole("button", { name: "Chat", exact: true }).waitFor();
    before = await load.soFar();
    scriptBefore.push((await metricsOf(session)).scriptMs);
    stability = await page.evaluate(() => (window as unknown as { stability: Stability }).stability);
    const began = performance.now();
    const widget = new Widget(page);
    await widget.open();
    await widget.panel.getByLabel("Your message").waitFor();
    opening.push(performance.now() - began);
    after = await load.soFar();
    await context.close();
  }
  console.log(`The widget on a page, ${rounds} times:`);
  report("before opening: requests to us", String(before?.requests ?? 0));
  report("before opening: bytes (brotli)", bytes(before?.weight ?? 0));
  report("before opening: script of the whole page, median", ms(median(scriptBefore)));
  report("before opening: layout shift, long tasks", `${stability?.shift ?? "?"}, ${stability?.longTasks ?? "?"}`);
  report("after opening: requests to us", String(after?.requests ?? 0));
  report("after opening: bytes (brotli)", bytes(after?.weight ?? 0));
  report("click → composer usable, median", ms(median(opening)));
  report("requests to anybody else", String((before?.foreign ?? 0) + (after?.foreign ?? 0)));
}

interface Load {
  readonly requests: number;
  readonly weight: number;
  readonly foreign: number;
}

/** Counts what a page loads from us; the shop itself is served by the console and does not count. */
function watchLoad(page: Page, origin: string): { soFar(): Promise<Load> } {
  const ours: Response[] = [];
  const shop = new Set<string>();
  let foreign = 0;
  page.on("response", (response) => {
    const url = new URL(response.url());
    if (url.origin === origin) ours.push(response);
    else if (url.hostname === "localhost") shop.add(response.url());
    else foreign++;
  });
  return {
    async soFar() {
      const bodies = await Promise.all(ours.map((response) => response.body().catch(() => Buffer.alloc(0))));
      const weight = bodies.reduce((sum, body) => sum + (body.length === 0 ? 0 : brotliCompressSync(body).length), 0);
      return { requests: ours.length, weight, foreign };
    },
  };
}

interface Stability {
  readonly shift: number;
  readonly longTasks: number;
}

/** Runs in the page, before its own scripts. */
function watchStability(): void {
  const stability = { shift: 0, longTasks: 0 };
  (window as unknown as { stability: Stability }).stability = stability;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) stability.shift += (entry as unknown as { value: number }).value;
  }).observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver((list) => {
    stability.longTasks += list.getEntries().length;
  }).observe({ type: "longtask", buffered: true });
}
