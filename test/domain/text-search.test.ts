import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { snippetOf, textMatch, wordsOf } from "../../lambdas/domain/text-search.ts";

function matches(query: string, ...texts: readonly string[]): boolean {
  const match = textMatch(wordsOf(query));
  for (const text of texts) match.add(text);
  return match.complete;
}

describe("text search", () => {
  it.each([
    ["order 1234", "My ORDER is number 1234"],
    ["creme brulee", "Is the crème brûlée vegan?"],
    ["straß", "Hauptstraße 5"],
    ["ｆｕｌｌ", "full width or not"],
    ["返品", "この商品を返品したいのですが"],
    ["فاتورة", "أين الفاتورة؟ فاتورة"],
    ["fund", "refunds"],
  ])("finds %s in %s", (query, text) => {
    expect(matches(query, text)).toBe(true);
  });

  it("wants every word, wherever it stands", () => {
    expect(matches("refund tuesday", "I want a refund", "since Tuesday")).toBe(true);
    expect(matches("refund tuesday", "I want a refund")).toBe(false);
  });

  it("looks at ten words at most", () => {
    expect(wordsOf(Array.from({ length: 40 }, (_, i) => `w${i}`).join(" "))).toHaveLength(10);
  });

  it("shows the place of the word in one short line", () => {
    const text = `${"before ".repeat(40)}the\nneedle here${" after".repeat(60)}`;
    const snippet = snippetOf(text, wordsOf("NEEDLE"));
    expect(snippet).toContain("the needle here");
    expect(snippet).toMatch(/^….*…$/u);
    expect(Array.from(snippet).length).toBeLessThanOrEqual(182);
  });

  it("cuts between characters, and finds the place behind characters that fold to several", () => {
    const text = `${"ﬃ🙂".repeat(80)}needle`;
    expect(snippetOf(text, wordsOf("needle"))).toContain("needle");
    expect(snippetOf(text, wordsOf("needle"))).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/u);
  });

  it("takes any text and any query", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (text, query) => {
        const words = wordsOf(query);
        textMatch(words).add(text);
        expect(Array.from(snippetOf(text, words)).length).toBeLessThanOrEqual(182);
      }),
    );
  });
});
