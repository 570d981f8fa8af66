import * as fc from "fast-check";
import { renderToString } from "preact-render-to-string";
import { describe, expect, it } from "vitest";
import { MessageText, piecesOf } from "../../frontend/shared/text.tsx";
import { dayName } from "../../frontend/shared/time.ts";

const links = (text: string) => piecesOf(text).flatMap((piece) => piece.href ?? []);

describe("message text", () => {
  it("loses and adds no character, whatever is written", async () => {
    const words = fc.constantFrom(
      "https://a.example/x",
      "http://",
      "(",
      ")",
      ".",
      " ",
      "javascript:alert(1)",
      "\n",
      "א",
    );
    const text = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.array(words).map((all) => all.join("")),
    );
    await fc.assert(
      fc.property(text, (written) => {
        const pieces = piecesOf(written);
        expect(pieces.map((piece) => piece.text).join("")).toBe(written);
        for (const { href } of pieces) if (href !== undefined) expect(href).toMatch(/^https?:\/\/[^/]/);
      }),
    );
  });

  it.each([
    ["See https://a.example/x.", ["https://a.example/x"]],
    ["(https://a.example/x)", ["https://a.example/x"]],
    ["https://a.example/x_(y)", ["https://a.example/x_(y)"]],
    ["javascript:alert(1) data:text/html,x ftp://a.example", []],
    ["https://bank.example@evil.example/", []],
    ["https://a.example/\u202egpj.exe", ["https://a.example/"]],
  ])("finds the addresses in %j", (text, found) => {
    expect(links(text)).toEqual(found);
  });

  it("shows markup as text, and opens links without telling where they come from", () => {
    const html = renderToString(<MessageText text={"<img src=x onerror=alert(1)> https://a.example/?q=1"} />);
    expect(html).toContain("&lt;img src=x onerror=alert(1)>");
    expect(html).toContain('rel="noopener noreferrer nofollow ugc"');
  });
});

describe("dayName", () => {
  const now = new Date(2026, 2, 15, 0, 30).getTime();
  it.each([
    [new Date(2026, 2, 15, 0, 1), "Today"],
    [new Date(2026, 2, 14, 23, 59), "Yesterday"],
    [new Date(2026, 2, 11, 12), "Wednesday, March 11"],
    [new Date(2026, 0, 2, 12), "Friday, January 2"],
    [new Date(2025, 3, 30, 12), "April 30, 2025"],
  ])("calls %s %s", (at, name) => {
    expect(dayName("en-US", at.getTime(), now)).toBe(name);
  });
});
