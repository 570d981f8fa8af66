import * as fc from "fast-check";
import { renderToString } from "preact-render-to-string";
import { describe, expect, it } from "vitest";
import { deepestMarkdown, longestMarkdown, Markdown } from "../../frontend/shared/markdown.tsx";

const drawn = (text: string) => renderToString(<Markdown text={text} />);
const inside = (text: string) => drawn(text).replace(/^<div class="markdown">(.*)<\/div>$/s, "$1");
const hrefs = (text: string) => [...drawn(text).matchAll(/href="([^"]*)"/g)].map(([, href]) => href);
const tags = (html: string) => [...new Set([...html.matchAll(/<([a-z0-9]+)/g)].map(([, tag]) => tag))];

/** Everything that a message may consist of. */
const harmless = new Set(
  "div p br strong em del code pre ul ol li blockquote hr a table thead tbody tr th td".split(" "),
);

describe("a message in Markdown", () => {
  it.each([
    ["**bold** and *italic*", '<p dir="auto"><strong>bold</strong> and <em>italic</em></p>'],
    ["one\ntwo", '<p dir="auto">one<br/>two</p>'],
    ["- a\n- b", '<ul><li dir="auto">a</li><li dir="auto">b</li></ul>'],
    ["3. a\n4. b", '<ol start="3"><li dir="auto">a</li><li dir="auto">b</li></ol>'],
    ["`a < b`", '<p dir="auto"><code>a &lt; b</code></p>'],
    ["# Title", '<p class="markdown-heading" dir="auto">Title</p>'],
    ["> said", '<blockquote dir="auto"><p dir="auto">said</p></blockquote>'],
    ["5 &gt; 3 &amp; 2", '<p dir="auto">5 > 3 &amp; 2</p>'],
  ])("%j is drawn as %j", (text, html) => {
    expect(inside(text)).toBe(html);
  });

  it("links web, mail and telephone addresses, and tells the other site nothing", () => {
    expect(hrefs("[a](https://a.example/x) <mailto:a@b.example> [call](tel:+4930123) http://c.example")).toEqual([
      "https://a.example/x",
      "mailto:a@b.example",
      "tel:+4930123",
      "http://c.example/",
    ]);
    expect(drawn("[a](https://a.example)")).toContain('target="_blank" rel="noopener noreferrer nofollow ugc"');
  });

  it.each([
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](vbscript:x)",
    "[x](data:text/html,<script>alert(1)</script>)",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    "[x]: javascript:alert(1)\n[x]",
    "[x](/settings)",
    "[x](//evil.example)",
    "[x](https://bank.example@evil.example)",
    "[x](file:///etc/passwd)",
    "[x](blob:https://a.example/1)",
  ])("does not link %j", (text) => {
    expect(hrefs(text)).toEqual([]);
    expect(tags(drawn(text)).filter((tag) => !harmless.has(tag ?? ""))).toEqual([]);
  });

  it("shows a picture as a link and loads nothing", () => {
    expect(inside("![cat](https://a.example/cat.png)")).toContain('<a href="https://a.example/cat.png"');
    expect(drawn("![cat](https://a.example/cat.png)")).not.toContain("<img");
  });

  it.each([
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "a <b onclick=x>b</b>",
    "<!-- x -->",
    "<svg/onload=x>",
  ])("shows %j as it was written", (text) => {
    const html = drawn(text);
    expect(tags(html).filter((tag) => !harmless.has(tag ?? ""))).toEqual([]);
    expect(html).toContain("&lt;");
  });

  it("names the host where a label claims another", () => {
    expect(inside("[https://bank.example](https://evil.example/x)")).toMatch(
      />https:\/\/bank\.example<\/a> \(evil\.example\)/,
    );
    expect(inside("[www.bank.example](https://bank.example/x)")).not.toContain("(");
    expect(inside("[our terms](https://a.example)")).not.toContain("(");
  });

  it("takes characters out that turn the direction of what follows", () => {
    expect(drawn("[\u202emoc.knab](https://evil.example) a\u2066b")).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  });

  it("shows what is nested too deeply, or is too long, as it was written", () => {
    const deep = `${"> ".repeat(deepestMarkdown + 1)}deep`;
    expect(drawn(deep)).toContain('class="message-text"');
    const indented = Array.from({ length: 40 }, (_, depth) => `${"  ".repeat(depth)}- a`).join("\n");
    expect(drawn(indented).match(/<ul>/g)?.length).toBeLessThanOrEqual(deepestMarkdown + 1);
    expect(drawn(`**a** ${"x".repeat(longestMarkdown)}`)).not.toContain("<strong>");
  });

  it.each([
    ">",
    "> ",
    "1. ",
    "- ",
    "[",
    "![a](",
    "*a",
    "_a",
    "**a ",
    "`",
    "`a``b",
    "<a",
    "[a][b]",
    "|",
    "a@",
    "\\",
    "~a",
    "[a]: ",
  ])("takes %j, over and over, in less than half a second", (piece) => {
    const begin = performance.now();
    drawn(piece.repeat(longestMarkdown / piece.length));
    expect(performance.now() - begin).toBeLessThan(500);
  });

  it("draws nothing but harmless elements and addresses, whatever is written", async () => {
    const pieces = fc.constantFrom(
      ..."[|](|)|<|>|`|*|_|~|!|#|- |1. |\n|\n\n|&#106;|javascript:|data:|https://a.example|\"|'|=|\\|onload=|<script>|| a ".split(
        "|",
      ),
    );
    await fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 5 })), { maxLength: 60 }), (all) => {
        const html = drawn(all.join(""));
        for (const tag of tags(html)) expect(harmless.has(tag ?? "")).toBe(true);
        for (const [, href] of html.matchAll(/href="([^"]*)"/g)) expect(href).toMatch(/^(https?|mailto|tel):/);
        expect(html).not.toMatch(/<[^>]* on\w+=/);
      }),
    );
  });
});
