import type { JSX } from "preact";
import type { StatusEntry } from "../../lambdas/contracts/protocol.ts";
import type { Language } from "./i18n.ts";
import { Icon } from "./icons.tsx";
import { MessageText } from "./text.tsx";
import { clockTime } from "./time.ts";
import "./status-line.css";

interface StatusLineProps {
  readonly entry: StatusEntry;
  readonly language: Language;
}

/** A change of status, as a line of the talk. An escalation carries the waiting message and the reference number. */
export function StatusLine({ entry, language }: StatusLineProps): JSX.Element {
  const { t, locale } = language;
  if (entry.command === "escalate") {
    return (
      <div class="status-card">
        <p class="status-card-title">
          <Icon name="person" size={16} />
          {t("humanRequested")}
        </p>
        {entry.text !== undefined && <MessageText text={entry.text} />}
        {entry.reference !== undefined && (
          <p class="status-card-reference">{t("reference", { reference: entry.reference })}</p>
        )}
      </div>
    );
  }
  return (
    <p class="status-line">
      <span dir="auto">{sentence(entry, language)}</span>
      <time dateTime={new Date(entry.at).toISOString()}>{clockTime(locale, entry.at)}</time>
    </p>
  );
}

function sentence(entry: StatusEntry, { t }: Language): string {
  if (entry.command === "takeOver") return t("joined", { name: entry.author.name ?? t("team") });
  return t(entry.command === "end" ? "ended" : "reopened");
}
