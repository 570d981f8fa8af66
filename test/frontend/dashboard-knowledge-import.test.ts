import { describe, expect, it } from "vitest";
import { entriesOf, splitText } from "../../frontend/dashboard/settings/knowledge/import/file-reading.ts";
import { runImport } from "../../frontend/dashboard/settings/knowledge/import/import-run.ts";
import { readCsv } from "../../frontend/dashboard/settings/knowledge/import/read-csv.ts";
import { decoded, readFile } from "../../frontend/dashboard/settings/knowledge/import/read-file.ts";
import { readMarkdown } from "../../frontend/dashboard/settings/knowledge/import/read-markdown.ts";
import {
  matchingEntries,
  underKnownIds,
  withEntries,
} from "../../frontend/dashboard/settings/knowledge/knowledge-list.ts";
import { KnowledgeItem } from "../../lambdas/contracts/http.ts";

describe("a CSV file", () => {
  it("has its columns found by their heads, whatever their order and separator", () => {
    const { passages, problems } = readCsv(
      'Antwort;Kategorie;Frage\n"4,90 €; ab 75 € frei";Versand;Was kostet Versand?\n',
    );
    expect(passages).toEqual([{ title: "Was kostet Versand?", text: "4,90 €; ab 75 € frei" }]);
    expect(problems).toEqual([]);
  });

  it("without heads is title and text", () => {
    expect(readCsv("Where is it?,In the shop\nWhen?,Now").passages).toHaveLength(2);
  });

  it("keeps lines and quotes within a cell", () => {
    const { passages } = readCsv('title,text\nReturns,"First line\n\nHe said ""yes"""');
    expect(passages).toEqual([{ title: "Returns", text: 'First line\n\nHe said "yes"' }]);
  });

  it("tells the rows that can't become entries, and takes the others", () => {
    const { passages, problems } = readCsv("title,text\nGood,Text\n,No title\nNo text,\n\nAlso good,Text\n");
    expect(passages.map(({ title }) => title)).toEqual(["Good", "Also good"]);
    expect(problems).toEqual([
      { line: 3, reason: "noTitle" },
      { line: 4, reason: "noText" },
    ]);
  });

  it("needs two columns, and something in them", () => {
    expect(readCsv("only\none\n").problems).toEqual([{ reason: "twoColumns" }]);
    expect(readCsv(" \n").problems).toEqual([{ reason: "empty" }]);
  });

  it("with a quote that never ends is no entry of half a file", () => {
    const { passages, problems } = readCsv('title,text\nGood,Text\nBad,"never ends\nNext,Text\n');
    expect(passages.map(({ title }) => title)).toEqual(["Good"]);
    expect(problems).toMatchObject([{ reason: "malformed" }]);
  });
});

describe("a Markdown file", () => {
  it("becomes an entry for each heading that has a text", () => {
    const { passages } = readMarkdown(
      "---\nlayout: help\n---\nBefore all.\n\n# Help\n\n## *Shipping* & `costs`\n\n- 4.90 €\n- free from 75 €\n\n#### Express\n\nTomorrow.\n\n<!-- draft -->\n\n## Returns\n\n60 days.\n",
      "faq",
    );
    expect(passages.map(({ title }) => title)).toEqual(["faq", "Shipping & costs", "Returns"]);
    expect(passages[1]?.text.trim()).toBe("- 4.90 €\n- free from 75 €\n\n#### Express\n\nTomorrow.");
    expect(JSON.stringify(passages)).not.toMatch(/draft|layout/);
  });

  it("without a text is empty", () => {
    expect(readMarkdown("# Only\n\n## Headings\n", "faq").problems).toEqual([{ reason: "empty" }]);
  });
});

describe("entries from files", () => {
  it("are what the API takes, with titles unlike each other", async () => {
    const entries = await entriesOf([
      { title: "  Two\n lines ", text: " text " },
      { title: "Same", text: "one" },
      { title: "same", text: "two" },
      { title: "t".repeat(400), text: "x".repeat(45_000) },
    ]);
    for (const entry of entries) expect(KnowledgeItem.safeParse(entry).success).toBe(true);
    expect(entries.slice(0, 3).map(({ title }) => title)).toEqual(["Two lines", "Same", "same (2)"]);
    expect(entries).toHaveLength(6);
    expect(new Set(entries.map(({ entryId }) => entryId)).size).toBe(6);
  });

  it("have the same ids when the file is read again, so that they replace what came of it", async () => {
    const [first] = await entriesOf([{ title: "Shipping", text: "old" }]);
    const [again] = await entriesOf([{ title: "shipping", text: "new" }]);
    expect(again?.entryId).toBe(first?.entryId);
  });

  it("are cut at paragraphs where they can be, and never within a character", () => {
    const parts = splitText(`${"a".repeat(70)}\n\n${"b".repeat(70)}`, 100);
    expect(parts).toEqual(["a".repeat(70), "b".repeat(70)]);
    const emoji = splitText("💥".repeat(60), 101);
    expect(emoji.join("")).toBe("💥".repeat(60));
    expect(emoji.every((part) => !/[\uD800-\uDBFF]$/u.test(part) && part.length <= 101)).toBe(true);
  });

  it("are read in the encoding of Windows where they are no UTF-8", () => {
    expect(decoded(Uint8Array.from([0x47, 0x72, 0xf6, 0xdf, 0x65]))).toBe("Größe");
    expect(decoded(new TextEncoder().encode("\ufeffGröße"))).toBe("Größe");
  });

  it("come from known kinds of files only", async () => {
    expect((await readFile(new File(["x"], "help.pdf"))).problems).toEqual([{ reason: "type" }]);
    const { entries } = await readFile(new File(["title,text\nA,B"], "FAQ.CSV"));
    expect(entries).toMatchObject([{ title: "A", text: "B" }]);
  });
});

describe("an import", () => {
  const entries = Array.from({ length: 10 }, (_, n) => ({ entryId: `e${n}`, title: `t${n}`, text: "x" }));

  it("goes on past what fails and tells what that was", async () => {
    const seen: number[] = [];
    const put = async ({ entryId }: KnowledgeItem) => {
      if (entryId === "e3") throw new Error("too large");
    };
    const progress = await runImport(entries, put, new AbortController().signal, ({ done, failed }) =>
      seen.push(done + failed.length),
    );
    expect(progress).toMatchObject({ done: 9, failed: [{ entry: { entryId: "e3" }, reason: "too large" }] });
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it("stops when told, after what is under way", async () => {
    const stop = new AbortController();
    let under = 0;
    let most = 0;
    const progress = await runImport(
      entries,
      async ({ entryId }) => {
        most = Math.max(most, ++under);
        await Promise.resolve();
        under--;
        if (entryId === "e4") stop.abort();
      },
      stop.signal,
      () => undefined,
    );
    expect(progress.done).toBeLessThan(10);
    expect(progress.done).toBeGreaterThanOrEqual(5);
    expect(most).toBe(3);
  });
});

describe("the list of entries", () => {
  const known = [
    { entryId: "a", title: "Shipping costs", text: "4.90 €" },
    { entryId: "b", title: "Returns", text: "60 days" },
  ];

  it("is searched by every word", () => {
    expect(matchingEntries(known, "cost 4.90").map(({ entryId }) => entryId)).toEqual(["a"]);
    expect(matchingEntries(known, " ")).toHaveLength(2);
  });

  it("lends its ids to entries of files that have the same titles", () => {
    const read = [
      { entryId: "file-1", title: "shipping costs", text: "new" },
      { entryId: "file-2", title: "Gift cards", text: "new" },
    ];
    expect(underKnownIds(read, known).map(({ entryId }) => entryId)).toEqual(["a", "file-2"]);
  });

  it("has what was written in place of what it was, by title", () => {
    const next = withEntries(known, [{ entryId: "a", title: "Postage", text: "x".repeat(300) }]);
    expect(next.map(({ title, text }) => [title, text.length])).toEqual([
      ["Postage", 200],
      ["Returns", 7],
    ]);
  });
});
