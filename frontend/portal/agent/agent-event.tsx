import type { JSX } from "preact";
import { fill } from "../../shared/i18n.ts";
import type { EventEntry } from "../../shared/lines.ts";
import { MessageText } from "../../shared/text.tsx";
import { clockTime } from "../../shared/time.ts";
import type { PortalLanguage } from "../languages.ts";
import "./agent-event.css";

type AgentEntry = Exclude<EventEntry, { kind: "status" }>;

/** What happens among agents: their private notes, who takes care, and the visitor's verdict. */
export function AgentEvent({
  entry,
  language,
}: {
  readonly entry: AgentEntry;
  readonly language: PortalLanguage;
}): JSX.Element {
  const { texts, locale } = language;
  const by = entry.author.name ?? texts.team;
  const time = clockTime(locale, entry.at);
  if (entry.kind === "note") {
    return (
      <div class="agent-note">
        <p class="agent-note-author">
          {texts.privateNote} · <bdi>{by}</bdi> · {time}
        </p>
        <MessageText text={entry.text} />
      </div>
    );
  }
  if (entry.kind === "rating") {
    return (
      <div class="agent-event">
        <p>
          {fill(texts.rated, { score: entry.score })} · {time}
        </p>
        {entry.comment !== undefined && <MessageText text={entry.comment} />}
      </div>
    );
  }
  return (
    <p class="agent-event">
      <bdi>
        {fill(entry.to === undefined ? texts.assignedToNobody : texts.assignedTo, { by, name: entry.to ?? "" })}
      </bdi>
      {` · ${time}`}
    </p>
  );
}
