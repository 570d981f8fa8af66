import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contrastOf, paletteOf } from "../../frontend/shared/palette.ts";
import { launchBrowser } from "./browser.ts";

const tokens = readFileSync(new URL("../../frontend/shared/tokens.css", import.meta.url), "utf8");
const color = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, "0")}`);

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});

describe.each([
  ["light", "#e8ecf2", "textOnLight"],
  ["dark", "#2b3341", "textOnDark"],
] as const)("a brand's colour on a %s page", (colorScheme, surface, asText) => {
  it("is readable as text and under text, and what the settings say of it is what is shown", async () => {
    const page = await browser.newPage({ colorScheme });
    await page.setContent(`<style>${tokens} p { color: var(--brand-text) } i { color: var(--on-brand) }</style><p><i>`);
    const shown = (brand: string) =>
      page.evaluate((value) => {
        document.documentElement.style.setProperty("--brand", value);
        const context = new OffscreenCanvas(1, 1).getContext("2d") as OffscreenCanvasRenderingContext2D;
        return ["p", "i"].map((tag) => {
          context.fillStyle = getComputedStyle(document.querySelector(tag) as Element).color;
          context.fillRect(0, 0, 1, 1);
          const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
          return `#${((red << 16) | (green << 8) | blue).toString(16).padStart(6, "0")}`;
        });
      }, brand);
    await fc.assert(
      fc.asyncProperty(color, async (brand) => {
        const [text = "", onBrand = ""] = await shown(brand);
        expect(contrastOf(text, surface)).toBeGreaterThanOrEqual(4.5);
        expect(contrastOf(onBrand, brand)).toBeGreaterThanOrEqual(4.5);
        const palette = paletteOf(brand);
        expect(onBrand).toBe(palette.onBrand);
        // Rounding alone may differ.
        expect(contrastOf(text, palette[asText])).toBeLessThan(1.05);
      }),
    );
    await page.close();
  });
});
