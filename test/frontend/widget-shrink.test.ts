import { describe, expect, it } from "vitest";
import { shrink, withConstants, withoutUnusedRules, withoutUnusedTokens } from "../../frontend/widget/shrink.ts";

describe("shrinking the panel", () => {
  it("drops rules for classes that no script draws, and keeps those that are put together when it runs", () => {
    const css = ".a-b{color:red}.gone,.a-b p{color:blue}@media print{.gone{color:red}}.is-open{top:0}p{top:0}";
    expect(withoutUnusedRules(css, '"a-b"')).toBe(
      ".a-b{color:red}.a-b p{color:blue}@media print{}.is-open{top:0}p{top:0}",
    );
  });

  it("drops tokens that nobody uses, and those that only they used", () => {
    const css = ":root{--used:1px;--by-unused:2px;--unused:var(--by-unused)}p{top:var(--used)}";
    expect(withoutUnusedTokens(css)).toBe(":root{--used:1px;}p{top:var(--used)}");
  });

  it("writes out sizes and what is used once, but neither the brand nor what a dark page changes", () => {
    const css =
      ":root{--size:1rem;--brand:red;--page:#fff;--font:a,b}@media(x){:root{--page:#000}}p{top:var(--size);left:var(--size);font:var(--font);color:var(--brand);background:var(--page)}";
    expect(withConstants(css)).toBe(
      ":root{--brand:red;--page:#fff;}@media(x){:root{--page:#000}}p{top:1rem;left:1rem;font:a,b;color:var(--brand);background:var(--page)}",
    );
  });

  it("keeps what a later sheet uses of the first one's tokens", () => {
    const styles = new Map([
      ["panel.css", ":root{--page:#fff;--gone:#000}.card{top:0}.other{top:0}"],
      ["later.css", ".late{background:var(--page);color:var(--page)}"],
    ]);
    const small = shrink({ styles, scripts: new Map([["panel.js", 'f("card","late")']]) });
    expect(small.get("panel.css")).toBe(":root{--page:#fff;}.card{top:0}");
    expect(small.get("later.css")).toBe(".late{background:var(--page);color:var(--page)}");
  });
});
