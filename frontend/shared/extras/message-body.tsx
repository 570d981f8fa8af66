import type { JSX } from "preact";
import type { MessageLine } from "../lines.ts";
import { PlainText } from "../plain-text.tsx";
import { MessageText } from "../text.tsx";
import { Attachments, type ReadFile } from "./attachments.tsx";
import type { ExtrasLanguage } from "./languages.ts";
import { later } from "./later.tsx";

const Markdown = later(async () => (await import("../markdown.tsx")).Markdown, MessageText);

/** What Markdown would show in another way than plain text; the renderer is loaded for nothing less. */
export const markdownSyntax: RegExp = /[*_`~|[]|^\s{0,3}(?:#{1,6} |>|[-+] |\d{1,9}[.)] )|https?:\/\/|www\.|\S@\S/m;

interface MessageBodyProps {
  readonly line: MessageLine;
  readonly language: ExtrasLanguage;
  readonly readFile: ReadFile;
}

/**
 * What was written, and the files with it. The AI and the team write Markdown; what a visitor writes is shown as it is.
 * So is an answer while it streams: half of a table is none.
 */
export function MessageBody({ line, language, readFile }: MessageBodyProps): JSX.Element {
  const { text, role, own, at, entry, pending } = line;
  const files = entry?.attachments ?? pending?.attachments ?? [];
  const isPlain = role === "visitor" || at === undefined;
  const Text = isPlain ? (own ? PlainText : MessageText) : RichText;
  return (
    <>
      {text !== "" && <Text text={text} />}
      {files.length > 0 && (
        <Attachments files={files} language={language} readFile={entry === undefined ? undefined : readFile} />
      )}
    </>
  );
}

/** What the team or the AI wrote. */
export function RichText({ text }: { readonly text: string }): JSX.Element {
  return markdownSyntax.test(text) ? <Markdown text={text} /> : <MessageText text={text} />;
}
