/** A text and what is selected in it. */
export interface Selection {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** Replaces `from` to `to` by `insert`, and selects `selectFrom` to `selectTo` of the text that results. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
  readonly selectFrom: number;
  readonly selectTo: number;
}

export type Style = "bold" | "italic" | "code" | "link" | "list";

const marks = { bold: "**", italic: "*", code: "`" } as const;

/** What a button of the toolbar does; pressing it again takes it back. */
export function editFor(style: Style, selection: Selection): Edit {
  if (style === "list") return toggleList(selection);
  return style === "link" ? makeLink(selection) : toggleMark(marks[style], selection);
}

export function applied(edit: Edit, text: string): string {
  return text.slice(0, edit.from) + edit.insert + text.slice(edit.to);
}

function toggleMark(mark: string, { text, from, to }: Selection): Edit {
  const { length } = mark;
  const selected = text.slice(from, to);
  const isAround = text.slice(from - length, from) === mark && text.slice(to, to + length) === mark;
  // One asterisk on each side of a bold text is half of its mark, not an italic of its own.
  const isHalf = mark === "*" && text.slice(from - 2, from) === "**" && text.slice(from - 3, from) !== "***";
  if (from >= length && isAround && !isHalf) {
    return { from: from - length, to: to + length, insert: selected, selectFrom: from - length, selectTo: to - length };
  }
  return { from, to, insert: mark + selected + mark, selectFrom: from + length, selectTo: to + length };
}

/** Selects what is still missing: the address, or the label when there is none. */
function makeLink({ text, from, to }: Selection): Edit {
  const selected = text.slice(from, to);
  if (/^https?:\/\/\S+$/.test(selected)) {
    return { from, to, insert: `[](${selected})`, selectFrom: from + 1, selectTo: from + 1 };
  }
  const address = from + selected.length + 3;
  return { from, to, insert: `[${selected}](https://)`, selectFrom: address, selectTo: address + "https://".length };
}

function toggleList({ text, from, to }: Selection): Edit {
  const begin = text.lastIndexOf("\n", from - 1) + 1;
  const newline = text.indexOf("\n", to);
  const end = newline === -1 ? text.length : newline;
  const lines = text.slice(begin, end).split("\n");
  const isList = lines.every((line) => line.startsWith("- "));
  const insert = lines.map((line) => (isList ? line.slice(2) : `- ${line}`)).join("\n");
  return { from: begin, to: end, insert, selectFrom: begin + insert.length, selectTo: begin + insert.length };
}
