import { describe, expect, it } from "vitest";
import { languages } from "../../frontend/portal/languages.ts";
import { type Conversation, dataOf, readablePage } from "../../frontend/portal/your-data/conversation-download.tsx";
import { english, languageOf } from "../../frontend/shared/i18n.ts";
import type { Entry } from "../../lambdas/contracts/protocol.ts";

const at = Date.UTC(2026, 2, 3, 14, 5);
const hostile = `</style></title><script>alert(1)</script><img src=x onerror="alert(2)">&lt;b&gt; ]]> \u202egnp.exe`;
const language = english(languages, "en-GB");

function aConversation(entries: readonly Entry[], over: Partial<Conversation> = {}): Conversation {
  const state = { conversationId: "conversation-1", status: "open", reference: "7KQ4-M2TX", startedAt: at } as const;
  return { brand: "Fernweh Outdoor", state, entries, now: at + 60_000, ...over };
}

const message = (seq: number, text: string, rest: object = {}): Entry => ({
  kind: "message",
  seq,
  id: `message-${seq}`,
  at: at + seq,
  author: { role: "visitor" },
  text,
  ...rest,
});

const whole: readonly Entry[] = [
  message(1, "Where is it?"),
  message(2, "In Leipzig.", { author: { role: "bot" } }),
  {
    kind: "status",
    seq: 3,
    id: "status-3",
    at: at + 3,
    author: { role: "visitor" },
    status: "unassigned",
    command: "escalate",
    text: "Somebody will be with you soon.",
    reference: "7KQ4-M2TX",
  },
  { kind: "hidden", seq: 4, id: "hidden-4", at: at + 4 },
  message(5, "", {
    author: { role: "agent", name: "Mia" },
    attachments: [{ fileId: "file-00000001", name: "label.pdf", type: "application/pdf", size: 4 }],
  }),
  { kind: "rating", seq: 6, id: "rating-6", at: at + 6, author: { role: "visitor" }, score: 5, comment: "Quick!" },
];

/** Every element that the page has, by name. */
const elementsOf = (html: string) => new Set([...html.matchAll(/<([a-z][a-z0-9]*)/gi)].map(([, name]) => name));

describe("a conversation to read", () => {
  it("tells everything that the customer saw, in order, with who said it and when", () => {
    const html = readablePage(aConversation(whole), language);
    const told = ["Where is it?", "AI assistant", "In Leipzig.", "A person was asked for · Reference 7KQ4-M2TX"];
    const places = [...told, "Mia", "label.pdf", "Rated 5 of 5", "Quick!"].map((text) => html.lastIndexOf(text));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(html).toContain("2026-03-03T14:05:00.001Z");
    expect(html).toContain("Files are not part of this download");
    expect(html).not.toContain("hidden");
  });

  it("keeps whatever anybody wrote as text: in messages, names, files, comments and the title", () => {
    const hostileFile = { fileId: "file-00000001", name: hostile, type: "text/plain", size: 1 };
    const entries: readonly Entry[] = [
      message(1, hostile, { author: { role: "agent", name: hostile }, attachments: [hostileFile] }),
      { kind: "rating", seq: 2, id: "rating-2", at, author: { role: "visitor" }, score: 1, comment: hostile },
    ];
    const html = readablePage(aConversation(entries, { brand: hostile }), language);
    expect(html.match(/<script|<img|<\/title>|<\/style>/g)).toEqual(["</title>", "</style>"]);
    expect(elementsOf(html)).toEqual(
      new Set("html head meta title style body main h1 p article section h2 bdi time ul li".split(" ")),
    );
    expect(html).toContain("&lt;script>alert(1)&lt;/script>");
  });

  it("needs nothing from anywhere, and lets nothing run", () => {
    const html = readablePage(aConversation(whole), language);
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(html).not.toMatch(/(?:src|href)=|url\(|@import/);
    expect(/<style>(.*)<\/style>/s.exec(html)?.[1]).not.toMatch(/&(?:lt|gt|quot|amp);/);
  });

  it("is written in the language of the page, right to left where that is how it is written", async () => {
    const html = readablePage(aConversation(whole), await languageOf("ar", languages));
    expect(html).toContain('<html lang="ar" dir="rtl">');
    expect(html).toContain("Fernweh Outdoor");
  });
});

describe("a conversation as data", () => {
  it("has every entry that the customer saw, with ISO times, and files by name", () => {
    const data = JSON.parse(dataOf(aConversation(whole)));
    expect(data).toMatchObject({
      with: "Fernweh Outdoor",
      conversationId: "conversation-1",
      reference: "7KQ4-M2TX",
      startedAt: "2026-03-03T14:05:00.000Z",
      downloadedAt: "2026-03-03T14:06:00.000Z",
    });
    expect(data.entries.map(({ kind }: Entry) => kind)).toEqual(["message", "message", "status", "message", "rating"]);
    expect(data.entries[3]).toEqual({
      at: "2026-03-03T14:05:00.005Z",
      by: "agent",
      name: "Mia",
      kind: "message",
      text: "",
      attachments: [{ name: "label.pdf", type: "application/pdf", size: 4 }],
    });
    expect(data.entries[4]).toMatchObject({ score: 5, comment: "Quick!" });
  });

  it("gives a hostile text back as it was", () => {
    const data = JSON.parse(dataOf(aConversation([message(1, hostile)], { brand: hostile })));
    expect([data.with, data.entries[0].text]).toEqual([hostile, hostile]);
  });
});
