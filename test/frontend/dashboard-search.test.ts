import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { highlight } from "../../frontend/dashboard/inbox/list/highlight.ts";
import { previewText } from "../../frontend/dashboard/inbox/list/preview-text.ts";
import { type SearchReply, SearchSession } from "../../frontend/dashboard/inbox/list/search-session.ts";
import { aRow } from "./dashboard-rows.ts";

const hit = (conversationId: string) => ({ row: aRow({ conversationId }), snippet: `… ${conversationId} …` });
const page = (ids: string, cursor?: string): SearchReply => ({
  now: 0,
  hits: [...ids].map(hit),
  searched: 100,
  ...(cursor === undefined ? {} : { cursor }),
});

/** A search whose pages are answered one by one, by the test. */
function aSearch() {
  const asked: { cursor: string | undefined; answer: (reply: SearchReply) => void; fail: () => void }[] = [];
  const session = new SearchSession(
    (cursor, signal) =>
      new Promise((answer, reject) => {
        asked.push({ cursor, answer, fail: () => reject(new Error("no")) });
        signal.addEventListener("abort", () => reject(signal.reason));
      }),
    () => undefined,
  );
  const found = () => session.hits.map(({ row }) => row.conversationId).join("");
  return { session, asked, found };
}

describe("a search", () => {
  it("shows what it has found while it goes on, to the last page", async () => {
    const { session, asked, found } = aSearch();
    const run = session.run();
    asked[0]?.answer(page("ab", "p2"));
    await Promise.resolve();
    await Promise.resolve();
    expect(found()).toBe("ab");
    expect(session.standing).toBe("searching");
    asked[1]?.answer(page("bc"));
    await run;
    expect(asked.map(({ cursor }) => cursor)).toEqual([undefined, "p2"]);
    expect(found()).toBe("abc");
    expect(session.standing).toBe("done");
    expect(session.searched).toBe(200);
  });

  it("stops when it is told to, keeps what it has, and goes on where it stopped", async () => {
    const { session, asked, found } = aSearch();
    const first = session.run();
    asked[0]?.answer(page("a", "p2"));
    await Promise.resolve();
    await Promise.resolve();
    session.cancel();
    await first;
    expect(session.standing).toBe("cancelled");
    const second = session.run();
    expect(asked.at(-1)?.cursor).toBe("p2");
    asked.at(-1)?.answer(page("b"));
    await second;
    expect(found()).toBe("ab");
    expect(session.standing).toBe("done");
  });

  it("says that it broke off, and can go on", async () => {
    const { session, asked } = aSearch();
    const run = session.run();
    asked[0]?.fail();
    await run;
    expect(session.standing).toBe("failed");
    void session.run();
    expect(session.standing).toBe("searching");
  });
});

describe("the preview of a row", () => {
  it.each([
    ["Hello, **how** can I `help`?", "Hello, how can I help?"],
    ["See [our terms](https://a.example/x).", "See our terms."],
    ["- one\n- two", "one two"],
    ["5 * 3 and snake_case", "5 * 3 and snake_case"],
  ])("makes one line of %j", (text, line) => {
    expect(previewText(text)).toBe(line);
  });
});

describe("highlighting", () => {
  it.each([
    ["The Rain jacket", "rain", "The [Rain] jacket"],
    ["a.b a+b", "a+b", "a.b [a+b]"],
    ["jacket jack", "jack jacket", "[jacket] [jack]"],
    ["jackets", "jack ckets", "[jackets]"],
    ["Das Café hat zu", "cafe", "Das [Café] hat zu"],
    ["كيف حالك", "حالك", "كيف [حالك]"],
    ["nothing", "zzz", "nothing"],
  ])("marks in %j what %j looks for", (text, search, marked) => {
    expect(
      highlight(text, search)
        .map((piece) => (piece.found ? `[${piece.text}]` : piece.text))
        .join(""),
    ).toBe(marked);
  });

  it("loses no character, whatever is looked for", async () => {
    await fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string(), (text, search) => {
        expect(
          highlight(text, search)
            .map((piece) => piece.text)
            .join(""),
        ).toBe(text);
      }),
    );
  });
});
