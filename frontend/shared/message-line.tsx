import type { JSX } from "preact";
import type { Language } from "./i18n.ts";
import { Icon, type IconName } from "./icons.tsx";
import type { Delivery, Line } from "./lines.ts";
import { MessageText } from "./text.tsx";
import { clockTime, fullTime } from "./time.ts";
import "./message-line.css";

interface MessageLineProps {
  readonly line: Extract<Line, { kind: "message" }>;
  readonly language: Language;
  readonly visitorName?: string | undefined;
  readonly onRetry: (id: string) => void;
}

const deliveryIcons: Readonly<Record<Delivery, IconName>> = {
  sending: "clock",
  waiting: "clock",
  sent: "check",
  seen: "checks",
  failed: "alert",
};

/** One message: who, what, when, and how far it has got. */
export function MessageLine(props: MessageLineProps): JSX.Element {
  const { line, language, onRetry } = props;
  const { t, locale } = language;
  const classes = [
    "message",
    `by-${line.role}`,
    line.own && "is-own",
    line.first && "is-first",
    line.last && "is-last",
    line.streaming && "is-streaming",
    (line.delivery === "sending" || line.delivery === "waiting") && "is-pending",
    line.delivery === "failed" && "is-failed",
  ];
  return (
    // The stored answer replaces the streamed one and is read out as a whole; fragments are not.
    <div class={classes.filter(Boolean).join(" ")} aria-live={line.streaming ? "off" : undefined}>
      {line.first ? (
        <p class="message-author">
          <Author {...props} />
        </p>
      ) : (
        <span class="visually-hidden">{authorName(props)}: </span>
      )}
      <div class="message-bubble" title={line.at === undefined ? undefined : fullTime(locale, line.at)}>
        <MessageText text={line.text} />
      </div>
      {line.entry?.sources !== undefined && line.entry.sources.length > 0 && (
        <p class="message-sources" dir="auto">
          {t("sources", { sources: line.entry.sources.join(" · ") })}
        </p>
      )}
      {(line.last || line.delivery === "failed") && !line.streaming && (
        <p class="message-meta">
          {line.delivery === "failed" && line.pending !== undefined ? (
            <Failed
              line={line}
              reason={line.pending.reason}
              id={line.pending.id}
              language={language}
              onRetry={onRetry}
            />
          ) : (
            <>
              {line.at !== undefined && (
                <time dateTime={new Date(line.at).toISOString()}>{clockTime(locale, line.at)}</time>
              )}
              {line.delivery !== undefined && <DeliveryMark delivery={line.delivery} language={language} />}
            </>
          )}
        </p>
      )}
    </div>
  );
}

function Author(props: MessageLineProps): JSX.Element {
  return (
    <>
      {props.line.role === "bot" && <Icon name="spark" size={14} />}
      <span dir="auto">{authorName(props)}</span>
    </>
  );
}

function authorName({ line, language, visitorName }: MessageLineProps): string {
  const { t } = language;
  // It bears the name of the brand; that it is no person has to be plain.
  if (line.role === "bot") return t("assistant");
  if (line.own) return t("you");
  return line.name ?? (line.role === "agent" ? t("team") : (visitorName ?? t("visitor")));
}

function DeliveryMark({
  delivery,
  language,
}: {
  readonly delivery: Delivery;
  readonly language: Language;
}): JSX.Element {
  const name = delivery === "waiting" ? "waitingToSend" : delivery === "failed" ? "notSent" : delivery;
  return (
    <span class={`message-delivery is-${delivery}`}>
      <Icon name={deliveryIcons[delivery]} size={14} />
      {language.t(name)}
    </span>
  );
}

function Failed(props: MessageLineProps & { readonly id: string; readonly reason: string | undefined }): JSX.Element {
  const { t } = props.language;
  return (
    <span class="message-failed" role="alert">
      <Icon name="alert" size={14} />
      <span>{props.reason === undefined ? t("notSent") : `${t("notSent")}: ${props.reason}`}</span>
      <button type="button" onClick={() => props.onRetry(props.id)}>
        {t("tryAgain")}
      </button>
    </span>
  );
}
