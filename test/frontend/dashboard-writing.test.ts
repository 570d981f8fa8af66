import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { filled, matchingReplies, slashAt } from "../../frontend/dashboard/inbox/talk/canned-replies.ts";
import { applied, editFor, type Style } from "../../frontend/dashboard/inbox/talk/markdown-edit.ts";
import { problemOf, typeOf, type UploadGrant, Uploads } from "../../frontend/shared/files/upload.ts";
import { TypingNotice, typingEveryMs, Writers } from "../../frontend/shared/typing.ts";
import { aMessage, anEntriesFrame, conversationId } from "./frames.ts";

/** `|` marks both ends of the selection. */
function edited(style: Style, marked: string): string {
  const from = marked.indexOf("|");
  const to = marked.lastIndexOf("|") - 1;
  const text = marked.replaceAll("|", "");
  const edit = editFor(style, { text, from, to });
  const result = applied(edit, text);
  return `${result.slice(0, edit.selectFrom)}|${result.slice(edit.selectFrom, edit.selectTo)}|${result.slice(edit.selectTo)}`;
}

describe("the toolbar", () => {
  it.each<[Style, string, string]>([
    ["bold", "a |b| c", "a **|b|** c"],
    ["bold", "a **|b|** c", "a |b| c"],
    ["italic", "||", "*||*"],
    ["italic", "**|b|**", "***|b|***"],
    ["code", "|x|", "`|x|`"],
    ["link", "see |here|", "see [here](|https://|)"],
    ["link", "|https://a.example|", "[||](https://a.example)"],
    ["list", "a\n|b\nc|\nd", "a\n- b\n- c||\nd"],
    ["list", "- a\n- |b|", "- a\nb||"],
  ])("makes %s of %j", (style, before, after) => {
    expect(edited(style, before)).toBe(after);
  });

  it("takes back what it has done", async () => {
    const word = fc.stringMatching(/^[a-z ]{1,10}$/);
    await fc.assert(
      fc.property(fc.constantFrom<Style>("bold", "italic", "code"), word, word, word, (style, before, word, after) => {
        const text = before + word + after;
        const edit = editFor(style, { text, from: before.length, to: before.length + word.length });
        const marked = applied(edit, text);
        const back = editFor(style, { text: marked, from: edit.selectFrom, to: edit.selectTo });
        expect(applied(back, marked)).toBe(text);
      }),
    );
  });
});

describe("canned replies", () => {
  const replies = [
    { shortcut: "hello", title: "Greeting", text: "Hello {name}, this is {agent}." },
    { shortcut: "refund", title: "When money comes back", text: "In five days." },
    { shortcut: "return", title: "How to return", text: "Within 60 days." },
  ];

  it.each([
    ["/", 1, ""],
    ["Hi /re", 6, "re"],
    ["Hi\n/re", 6, "re"],
    ["Hi /re and", 6, "re"],
    ["1/2", 3, undefined],
    ["https://a", 9, undefined],
    ["/re turn", 8, undefined],
  ])("are asked for in %j at %i by %j", (text, caret, typed) => {
    expect(slashAt(text, caret)?.typed).toBe(typed);
  });

  it("are found by shortcut first, then by title, then by text", () => {
    const found = (typed: string) => matchingReplies(replies, typed).map(({ shortcut }) => shortcut);
    expect(found("")).toEqual(["hello", "refund", "return"]);
    expect(found("RE")).toEqual(["refund", "return", "hello"]);
    expect(found("money")).toEqual(["refund"]);
    expect(found("60")).toEqual(["return"]);
    expect(found("zzz")).toEqual([]);
  });

  it("greet by name, and read well without one", () => {
    expect(filled("Hello {name}, this is {agent}.", { name: "Ada", agent: "Mia" })).toBe("Hello Ada, this is Mia.");
    expect(filled("Hello {name}, this is {agent}.", { agent: "Mia" })).toBe("Hello, this is Mia.");
    expect(filled("{other}", { name: "Ada" })).toBe("{other}");
  });
});

describe("typing", () => {
  it("is told no more often than allowed, and at once after a message", () => {
    let now = 0;
    const send = vi.fn();
    const notice = new TypingNotice(send, () => now);
    notice.typed();
    now = typingEveryMs - 1;
    notice.typed();
    expect(send).toHaveBeenCalledTimes(1);
    now = typingEveryMs;
    notice.typed();
    expect(send).toHaveBeenCalledTimes(2);
    notice.sent();
    notice.typed();
    expect(send).toHaveBeenCalledTimes(3);
  });

  it("is shown until it ends or the message is here, whatever the server's clock says", () => {
    vi.useFakeTimers({ now: 1_000 });
    const writers = new Writers(conversationId, () => undefined);
    const typing = { type: "typing", conversationId, now: 900_000, until: 905_000 } as const;
    writers.take({ ...typing, by: "visitor" });
    writers.take({ ...typing, by: "agent", name: "Olivia" });
    writers.take({ ...typing, conversationId: "another", by: "agent", name: "Noor" });
    expect(writers.all.map(({ by, name }) => name ?? by)).toEqual(["visitor", "Olivia"]);
    writers.take(anEntriesFrame([aMessage(1)]));
    expect(writers.all.map(({ name }) => name)).toEqual(["Olivia"]);
    vi.advanceTimersByTime(5_100);
    expect(writers.all).toEqual([]);
    writers.stop();
    vi.useRealTimers();
  });
});

describe("attachments", () => {
  const file = (name: string, type: string, size = 10) => ({ name, type, size }) as File;
  const grant: UploadGrant = { fileId: "file-1", url: "https://x.example/up", headers: {} };
  const settled = () => vi.waitFor(() => undefined);

  it("are what the contract allows, by type or by the name where the browser knows none", () => {
    expect(typeOf(file("a.png", "image/png"))).toBe("image/png");
    expect(typeOf(file("a.CSV", ""))).toBe("text/csv");
    expect(typeOf(file("a.html", "text/html"))).toBeUndefined();
    expect(typeOf(file("a.svg", "image/svg+xml"))).toBeUndefined();
    expect(problemOf(file("a.png", "image/png", 11 * 1024 * 1024))).toBe("size");
    expect(problemOf(file("a.png", "image/png", 0))).toBe("empty");
  });

  it("are at most five, and say why one is not taken", () => {
    const uploads = new Uploads({
      request: () => new Promise(() => undefined),
      put: async () => undefined,
      changed: () => undefined,
    });
    const six = Array.from({ length: 6 }, (_, index) => file(`${index}.png`, "image/png"));
    expect(uploads.add([file("x.exe", "application/x-msdownload"), ...six]).map(({ problem }) => problem)).toEqual([
      "type",
      "count",
    ]);
    expect(uploads.all).toHaveLength(5);
    expect(uploads.busy).toBe(true);
  });

  it("tell how far they are, and are part of the message once they are there", async () => {
    const shares: number[] = [];
    const uploads = new Uploads({
      request: async () => grant,
      put: async (_, __, onProgress) => onProgress(0.5),
      changed: () => shares.push(uploads.all[0]?.progress ?? -1),
    });
    uploads.add([file("a.pdf", "application/pdf")]);
    await vi.waitFor(() => expect(uploads.busy).toBe(false));
    expect(shares).toContain(0.5);
    expect(uploads.attachments).toEqual([{ fileId: "file-1", name: "a.pdf", type: "application/pdf", size: 10 }]);
    uploads.clear();
    expect(uploads.all).toEqual([]);
  });

  it("can be tried again, and taken out while they are on their way", async () => {
    let tries = 0;
    let aborted = false;
    const uploads = new Uploads({
      request: async () => grant,
      put: (_, __, ___, signal) => {
        if (++tries === 1) return Promise.reject(new Error("no"));
        return new Promise((_done, reject) => {
          signal.addEventListener("abort", () => {
            aborted = true;
            reject(signal.reason);
          });
        });
      },
      changed: () => undefined,
    });
    uploads.add([file("a.png", "image/png")]);
    await vi.waitFor(() => expect(uploads.all[0]?.state).toBe("failed"));
    const key = uploads.all[0]?.key ?? "";
    uploads.retry(key);
    await vi.waitFor(() => expect(tries).toBe(2));
    uploads.remove(key);
    await settled();
    expect(aborted).toBe(true);
    expect(uploads.all).toEqual([]);
  });
});
