import { describe, expect, it } from "vitest";
import {
  type ExportProgress,
  type FetchTranscriptPage,
  manyConversations,
  wholeConversation,
} from "../../frontend/dashboard/inbox/export/export-job.ts";
import { transcriptFile } from "../../frontend/dashboard/inbox/export/transcript-file.ts";
import type { Entry } from "../../lambdas/contracts/protocol.ts";
import { aRow } from "./dashboard-rows.ts";
import { aMessage } from "./frames.ts";

const signal = new AbortController().signal;
const entries = Array.from({ length: 7 }, (_, index) => aMessage(index + 1));
/** Pages of three entries. */
const inPages: FetchTranscriptPage = async (conversationId, before = 8) => {
  const page = entries.slice(Math.max(0, before - 4), before - 1);
  return { row: aRow({ conversationId }), entries: page, more: before > 4 };
};

async function* pagesOf(...pages: string[]) {
  for (const page of pages) yield [...page].map((conversationId) => aRow({ conversationId }));
}

describe("an export", () => {
  it("reads a conversation to its beginning, oldest first", async () => {
    const whole = await wholeConversation("a", inPages, signal);
    expect(whole.entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it("reads many in their order, each once, and tells how far it is", async () => {
    const steps: ExportProgress[] = [];
    const read = await manyConversations(
      () => pagesOf("ab", "bcde"),
      inPages,
      (progress) => steps.push(progress),
      signal,
    );
    expect(read.map(({ row }) => row.conversationId).join("")).toBe("abcde");
    expect(steps.slice(0, 3)).toEqual([
      { found: 2, done: 0, listed: false },
      { found: 5, done: 0, listed: false },
      { found: 5, done: 0, listed: true },
    ]);
    expect(steps.at(-1)).toEqual({ found: 5, done: 5, listed: true });
  });

  it("stops when it is cancelled", async () => {
    const abort = new AbortController();
    const reading = manyConversations(
      () => pagesOf("abcdefgh"),
      inPages,
      ({ done }) => done === 2 && abort.abort(),
      abort.signal,
    );
    await expect(reading).rejects.toThrow("abort");
  });
});

describe("a transcript file", () => {
  const told: Entry[] = [
    aMessage(1, { text: '=HYPERLINK("https://evil.example")', author: { role: "visitor", name: "+Ada" } }),
    { kind: "note", seq: 2, id: "n", at: 2, author: { role: "agent", name: "Mia" }, text: "@all" },
    { kind: "hidden", seq: 3, id: "h", at: 3 },
    { kind: "rating", seq: 4, id: "r", at: 4, author: { role: "visitor" }, score: 5, comment: "good, very" },
    aMessage(5, { text: "-1\nsecond line" }),
  ];
  const conversation = { row: aRow({ reference: "7KQ4-M2TX" }), entries: told };

  it("has a line for everything that was said, and no cell that a spreadsheet would run", async () => {
    const csv = await transcriptFile([conversation], "csv");
    expect(csv.startsWith("\ufeffconversation,reference,status,")).toBe(true);
    expect(csv.slice(1).split("\r\n")).toHaveLength(5);
    expect(csv).toContain(`"'=HYPERLINK(""https://evil.example"")"`);
    expect(csv).toContain(`"'+Ada"`);
    expect(csv).toContain(`"'@all"`);
    expect(csv).toContain(`"'-1\nsecond line"`);
    expect(csv).toContain('"5: good, very"');
    expect(csv).not.toMatch(/(^|,)"?[=+\-@]/m);
  });

  it("is JSON that says the same", async () => {
    const [read] = JSON.parse(await transcriptFile([conversation], "json"));
    expect(read).toMatchObject({ reference: "7KQ4-M2TX", status: "unassigned" });
    expect(read.entries).toHaveLength(4);
    expect(read.entries[1]).toMatchObject({ kind: "note", text: "@all", at: "1970-01-01T00:00:00.002Z" });
  });
});
