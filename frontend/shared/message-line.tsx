import type { ComponentChildren, JSX } from "preact";
import { fill, type Language, type TalkMessages } from "./i18n.ts";
import { Icon, type IconName } from "./icons.tsx";
import type { Delivery, MessageLine as Line } from "./lines.ts";
import { clockTime } from "./time.ts";
import "./message-line.css";

interface MessageLineProps {
  readonly line: Line;
  readonly language: Language;
  /** Who wrote it, where that is not the AI, us, or somebody who is named. */
  readonly fallbackName: string;
  /** What was written, as it is to be shown. */
  readonly children: ComponentChildren;
  readonly onRetry: (id: string) => void;
}

const deliveries: Readonly<Record<Delivery, readonly [icon: IconName, text: keyof TalkMessages]>> = {
  sending: ["clock", "sending"],
  waiting: ["clock", "waitingToSend"],
  sent: ["check", "sent"],
  seen: ["checks", "seen"],
  failed: ["alert", "notSent"],
};

/** One message: who, what, when, and how far it has got. */
export function MessageLine({ line, language, fallbackName, children, onRetry }: MessageLineProps): JSX.Element {
  const { texts, locale } = language;
  const { role, own, first, last, at, delivery, entry, pending } = line;
  const streams = at === undefined;
  const failed = delivery === "failed";
  const [icon, state] = deliveries[delivery ?? "sent"];
  const classes = [
    `message by-${role} is-${streams ? "streaming" : (delivery ?? "said")}`,
    own && "is-own",
    first && "is-first",
    last && "is-last",
  ];
  return (
    // The stored answer replaces the streamed one and is read out as a whole; fragments are not.
    <div class={classes.filter(Boolean).join(" ")} aria-live={streams ? "off" : undefined}>
      <p class="message-author" dir="auto">
        {role === "bot" && <Icon name="spark" size={14} />}
        {/* It bears the name of the brand; that it is no person has to be plain. */}
        {role === "bot" ? texts.assistant : own ? texts.you : (line.name ?? fallbackName)}
      </p>
      <div class="message-bubble">{children}</div>
      {entry?.sources?.[0] !== undefined && (
        <p class="message-meta" dir="auto">
          {fill(texts.sources, { sources: entry.sources.join(" · ") })}
        </p>
      )}
      {(last || failed) && !streams && (
        <p class="message-meta" role={failed ? "alert" : undefined}>
          {!failed && clockTime(locale, at)}
          {delivery !== undefined && (
            <>
              <Icon name={icon} size={14} />
              {texts[state]}
              {pending?.reason !== undefined && `: ${pending.reason}`}
            </>
          )}
          {failed && pending !== undefined && (
            <button type="button" onClick={() => onRetry(pending.id)}>
              {texts.tryAgain}
            </button>
          )}
        </p>
      )}
    </div>
  );
}
