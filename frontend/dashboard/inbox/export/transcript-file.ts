import type { Entry, InboxRow } from "../../../../lambdas/contracts/protocol.ts";

export type ExportFormat = "csv" | "json";

/** A conversation with all its entries, oldest first. */
export interface ExportedConversation {
  readonly row: InboxRow;
  readonly entries: readonly Entry[];
}

const columns = [
  "conversation",
  "reference",
  "status",
  "visitor",
  "country",
  "number",
  "time",
  "kind",
  "role",
  "author",
  "text",
  "files",
] as const;

/**
 * A cell that begins like this would be run by a spreadsheet: it gets an apostrophe in front. The library's own pattern
 * overlooks cells of several lines.
 */
const formulaStart = /^[=+\-@\t\r]/;

/** Tells a spreadsheet that the file is UTF-8. */
const byteOrderMark = "\ufeff";

/** The transcripts in a format. The CSV library is loaded with the first file that needs it. */
export async function transcriptFile(
  conversations: readonly ExportedConversation[],
  format: ExportFormat,
): Promise<string> {
  if (format === "json") return JSON.stringify(conversations.map(jsonOf), undefined, 2);
  const { default: csv } = await import("papaparse");
  const rows = conversations.flatMap(({ row, entries }) => entries.filter(isTold).map((entry) => cellsOf(row, entry)));
  return (
    byteOrderMark + csv.unparse({ fields: [...columns], data: rows }, { escapeFormulae: formulaStart, newline: "\r\n" })
  );
}

type ToldEntry = Exclude<Entry, { kind: "hidden" }>;

function isTold(entry: Entry): entry is ToldEntry {
  return entry.kind !== "hidden";
}

function cellsOf(row: InboxRow, entry: ToldEntry): readonly string[] {
  const files = entry.kind === "message" ? (entry.attachments ?? []) : [];
  return [
    row.conversationId,
    row.reference ?? "",
    row.status,
    row.displayName ?? "",
    row.country ?? "",
    String(entry.seq),
    new Date(entry.at).toISOString(),
    entry.kind === "status" ? entry.command : entry.kind,
    entry.author.role,
    entry.author.name ?? "",
    textOf(entry),
    files.map(({ name }) => name).join(", "),
  ];
}

function textOf(entry: ToldEntry): string {
  switch (entry.kind) {
    case "message":
    case "note":
      return entry.text;
    case "status":
      return entry.text ?? "";
    case "assignment":
      return entry.to ?? "";
    case "rating":
      return entry.comment === undefined ? String(entry.score) : `${entry.score}: ${entry.comment}`;
  }
}

function jsonOf({ row, entries }: ExportedConversation) {
  const { conversationId, reference, status, displayName, country, assignee, rating, startedAt, lastAt } = row;
  return {
    conversationId,
    reference,
    status,
    visitor: displayName,
    country,
    assignee,
    rating,
    startedAt: new Date(startedAt).toISOString(),
    lastActivityAt: new Date(lastAt).toISOString(),
    entries: entries.filter(isTold).map(({ at, ...entry }) => ({ ...entry, at: new Date(at).toISOString() })),
  };
}
