import type { ComponentChildren, JSX } from "preact";
import { fill, type Language } from "./i18n.ts";
import { Icon } from "./icons.tsx";
import type { EventEntry } from "./lines.ts";
import { clockTime } from "./time.ts";
import "./status-line.css";

interface StatusLineProps {
  readonly entry: EventEntry;
  readonly language: Language;
  /** The waiting message, as it is to be shown. */
  readonly children: ComponentChildren;
}

const sentences = { takeOver: "joined", end: "ended", reopen: "reopened", handBack: "handedBack" } as const;

/**
 * A change of status, as a line of the talk. An escalation carries the waiting message and the reference number. Of
 * events of another kind, whoever has no login sees nothing.
 */
export function StatusLine({ entry, language: { texts, locale }, children }: StatusLineProps): JSX.Element | null {
  if (entry.kind !== "status") return null;
  const { command, reference, author } = entry;
  // A newer server's page is told of it, ours is not.
  if (command !== "escalate" && !(command in sentences)) return null;
  if (command !== "escalate") {
    return (
      <p class="status-line">
        <bdi>{fill(texts[sentences[command]], { name: author.name ?? texts.team })}</bdi>
        {clockTime(locale, entry.at)}
      </p>
    );
  }
  return (
    <div class="status-card">
      <h2>
        <Icon name="person" size={16} />
        {texts.humanRequested}
      </h2>
      {children}
      {reference !== undefined && <p>{fill(texts.reference, { reference })}</p>}
    </div>
  );
}
