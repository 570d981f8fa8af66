import type { Browser, BrowserContext, CDPSession, Page } from "playwright-core";

/** One line of the report. */
export function report(name: string, figure: string): void {
  console.log(`  ${name.padEnd(52)} ${figure}`);
}

export const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;

export const bytes = (value: number): string => `${value.toLocaleString("en")} B`;

export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * p) / 100))] ?? 0;
}

export const median = (values: readonly number[]): number => percentile(values, 50);

/** Seconds of script and bytes of the JavaScript heap, as the DevTools protocol counts them ("Performance.getMetrics"). */
export interface PageMetrics {
  readonly scriptMs: number;
  readonly heapBytes: number;
}

export async function metricsOf(session: CDPSession): Promise<PageMetrics> {
  const { metrics } = await session.send("Performance.getMetrics");
  const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
  return { scriptMs: value("ScriptDuration") * 1000, heapBytes: value("JSHeapUsedSize") };
}

/** An agent's browser. The loader of these files names functions by a helper that a page does not have. */
export async function agentsBrowser(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-GB" });
  await context.addInitScript({ content: "globalThis.__name ??= (named) => named;" });
  return context;
}

export async function devTools(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  await session.send("HeapProfiler.enable");
  return session;
}

/** Bytes that are still in use after a garbage collection. */
export async function heapAfterCollection(session: CDPSession): Promise<number> {
  await session.send("HeapProfiler.collectGarbage");
  await session.send("HeapProfiler.collectGarbage");
  return (await metricsOf(session)).heapBytes;
}
