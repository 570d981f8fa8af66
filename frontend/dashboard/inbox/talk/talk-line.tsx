import type { ComponentChildren, JSX } from "preact";
import type { Delivery, EventEntry, MessageLine } from "../../../shared/lines.ts";
import { StatusLine } from "../../../shared/status-line.tsx";
import { MessageText } from "../../../shared/text.tsx";
import { clockTime, fullTime } from "../../../shared/time.ts";
import { Glyph, type GlyphName } from "../../glyph.tsx";
import { type DashboardText, useText } from "../../text.ts";
import { Attachments, type ReadFile } from "./attachments.tsx";
import type { PendingNote } from "./note-outbox.ts";
import { RichText } from "./rich-text.tsx";
import "./talk-line.css";

const deliveryGlyphs: Readonly<Record<Delivery, GlyphName>> = {
  sending: "clock",
  waiting: "clock",
  sent: "check",
  seen: "checks",
  failed: "alert",
};

interface TalkLineProps {
  readonly line: MessageLine;
  /** What the agent who looks is called: colleagues stand on the same side, under their own names. */
  readonly myName: string | undefined;
  readonly visitorName: string | undefined;
  readonly readFile: ReadFile;
  readonly onRetry: (id: string) => void;
}

/** One message of the talk, as the team sees it. */
export function TalkLine({ line, myName, visitorName, readFile, onRetry }: TalkLineProps): JSX.Element {
  const { t, locale, language } = useText();
  const { role, at, delivery, entry, pending } = line;
  const isColleague = role === "agent" && line.name !== undefined && line.name !== myName;
  const name = {
    bot: language.t("assistant"),
    visitor: line.name ?? visitorName ?? language.t("visitor"),
    agent: isColleague ? (line.name ?? "") : language.t("you"),
    system: line.name ?? "",
  }[role];
  const files = entry?.attachments ?? pending?.attachments ?? [];
  const states = [
    `line by-${role}`,
    line.own ? "is-own" : "is-theirs",
    isColleague && "is-others",
    line.first && "is-first",
    line.last && "is-last",
    at === undefined && "is-streaming",
    (delivery === "sending" || delivery === "waiting") && "is-pending",
    delivery === "failed" && "is-failed",
  ];
  return (
    // The stored answer replaces the streamed one and is read out as a whole; fragments are not.
    <div class={states.filter(Boolean).join(" ")} aria-live={at === undefined ? "off" : undefined}>
      <p class={line.first ? "line-author" : "visually-hidden"}>
        {role === "bot" && <Glyph name="spark" size={13} />}
        <bdi>{name}</bdi>
        {line.first && at !== undefined && (
          <time class="line-time" dateTime={new Date(at).toISOString()} title={fullTime(locale, at)}>
            {clockTime(locale, at)}
          </time>
        )}
      </p>
      {line.text !== "" && (
        <div class="line-bubble" title={at === undefined ? undefined : fullTime(locale, at)}>
          {role === "visitor" || role === "system" ? <MessageText text={line.text} /> : <RichText text={line.text} />}
        </div>
      )}
      {files.length > 0 && <Attachments files={files} readFile={readFile} />}
      {entry?.sources?.[0] !== undefined && (
        <p class="line-meta" dir="auto">
          {language.t("sources", { sources: entry.sources.join(" · ") })}
        </p>
      )}
      {delivery !== undefined && (
        <DeliveryLine delivery={delivery} reason={pending?.reason} text={{ t, language }}>
          {pending !== undefined && (
            <button type="button" class="text-button" onClick={() => onRetry(pending.id)}>
              {t("tryAgain")}
            </button>
          )}
        </DeliveryLine>
      )}
    </div>
  );
}

interface DeliveryLineProps {
  readonly delivery: Delivery;
  readonly reason: string | undefined;
  readonly text: Pick<DashboardText, "t" | "language">;
  /** What can be done about a failure. */
  readonly children: ComponentChildren;
}

function DeliveryLine({ delivery, reason, text: { language }, children }: DeliveryLineProps): JSX.Element {
  const { t } = language;
  const failed = delivery === "failed";
  const name = delivery === "waiting" ? "waitingToSend" : failed ? "notSent" : delivery;
  return (
    <p class={`line-meta line-delivery is-${delivery}`} role={failed ? "alert" : undefined}>
      <Glyph name={deliveryGlyphs[delivery]} size={14} />
      <span>{t(name)}</span>
      {reason !== undefined && <span dir="auto">{reason}</span>}
      {failed && children}
    </p>
  );
}

/** A note for the team, written or on its way. */
export function NoteLine({ note, onRetry }: { readonly note: ShownNote; readonly onRetry?: () => void }): JSX.Element {
  const { t, locale, language } = useText();
  return (
    <div class={`note${note.state === undefined ? "" : " is-pending"}`}>
      <p class="note-author">
        <Glyph name="note" size={14} />
        <span>{t("privateNote")}</span>
        <bdi>{note.name ?? language.t("you")}</bdi>
        <time class="line-time" dateTime={new Date(note.at).toISOString()} title={fullTime(locale, note.at)}>
          {clockTime(locale, note.at)}
        </time>
      </p>
      <RichText text={note.text} />
      {note.state === "failed" && (
        <p class="line-meta is-failed" role="alert">
          <Glyph name="alert" size={14} />
          <span>{language.t("notSent")}</span>
          {note.reason !== undefined && <span dir="auto">{note.reason}</span>}
          <button type="button" class="text-button" onClick={onRetry}>
            {t("tryAgain")}
          </button>
        </p>
      )}
    </div>
  );
}

export interface ShownNote {
  readonly text: string;
  readonly at: number;
  readonly name?: string | undefined;
  readonly state?: PendingNote["state"];
  readonly reason?: string;
}

/** What happened besides messages. */
export function EventLine({ entry }: { readonly entry: EventEntry }): JSX.Element {
  const { t, locale, language } = useText();
  if (entry.kind === "status") {
    return (
      <StatusLine entry={entry} language={language}>
        {entry.text !== undefined && <MessageText text={entry.text} />}
      </StatusLine>
    );
  }
  if (entry.kind === "note") return <NoteLine note={{ text: entry.text, at: entry.at, name: entry.author.name }} />;
  if (entry.kind === "rating") {
    return (
      <div class="rating">
        <p class="rating-score">
          <Stars score={entry.score} />
          <span>{t("rated", { score: entry.score })}</span>
        </p>
        {entry.comment !== undefined && (
          <q class="rating-comment" dir="auto">
            {entry.comment}
          </q>
        )}
      </div>
    );
  }
  const by = entry.author.name ?? t("role_agent");
  return (
    <p class="event-line">
      <span dir="auto">
        {entry.to === undefined
          ? t("unassignedBy", { by })
          : entry.to === entry.author.name
            ? t("assignedSelf", { name: entry.to })
            : t("assignedBy", { name: entry.to, by })}
      </span>
      <time dateTime={new Date(entry.at).toISOString()}>{clockTime(locale, entry.at)}</time>
    </p>
  );
}

/** A verdict from 1 to 5. The number beside it says the same. */
export function Stars({ score }: { readonly score: number }): JSX.Element {
  return (
    <span class="stars" aria-hidden="true">
      {[1, 2, 3, 4, 5].map((each) => (
        <Glyph key={each} name="star" size={15} filled={each <= score} />
      ))}
    </span>
  );
}
