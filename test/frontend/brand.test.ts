import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contrastOf, paletteOf } from "../../frontend/shared/palette.ts";

const color = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, "0")}`);

describe("paletteOf", () => {
  it("makes every brand colour readable: on it, and as text on light and dark surfaces", async () => {
    await fc.assert(
      fc.property(color, (brand) => {
        const palette = paletteOf(brand);
        expect(contrastOf(palette.onBrand, palette.brand)).toBeGreaterThanOrEqual(4.5);
        expect(contrastOf(palette.textOnLight, "#e8ecf2")).toBeGreaterThanOrEqual(4.5);
        expect(contrastOf(palette.textOnDark, "#2b3341")).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });

  it("leaves a colour that is readable as it is", () => {
    expect(paletteOf("#8b0000").textOnLight).toBe("#8b0000");
  });
});
