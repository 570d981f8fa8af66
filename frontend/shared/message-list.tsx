import type { ComponentChildren, JSX } from "preact";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Entry } from "../../lambdas/contracts/protocol.ts";
import type { ConversationModel } from "./conversation-model.ts";
import type { Language } from "./i18n.ts";
import { Icon } from "./icons.tsx";
import { type Line, linesOf } from "./lines.ts";
import { MessageLine } from "./message-line.tsx";
import { StatusLine } from "./status-line.tsx";
import { dayName } from "./time.ts";
import "./message-list.css";

export interface MessageListProps {
  readonly model: ConversationModel;
  readonly language: Language;
  readonly visitorName?: string | undefined;
  /** False while there is no connection: our messages then wait instead of being sent. */
  readonly canSend: boolean;
  /** False while the list is on the page but nobody can see it. */
  readonly isShown: boolean;
  readonly onRetry: (id: string) => void;
  /** The newest entry is in sight. */
  readonly onRead: () => void;
  readonly onOlder?: (() => void) | undefined;
  /** Before the first line. */
  readonly intro?: ComponentChildren;
  /** Under an entry. */
  readonly under?: ((entry: Entry) => ComponentChildren) | undefined;
  /** After the last line. */
  readonly outro?: ComponentChildren;
}

/** Pixels from the end within which we count as being there. */
const nearEnd = 48;

/** The messages. Stays at the end unless somebody has scrolled up to read; then a pill says that there is more. */
export function MessageList(props: MessageListProps): JSX.Element {
  const { model, language, isShown, onRead } = props;
  const lines = linesOf(model, props.canSend);
  const box = useRef<HTMLElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const stick = useRef(true);
  const lastSeen = useRef(0);
  const newest = model.entries.at(-1)?.seq ?? 0;

  const toEnd = useCallback(() => {
    const element = box.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
  }, []);
  const scrolled = () => {
    const element = box.current;
    if (element === null) return;
    stick.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearEnd;
    setAtEnd(stick.current);
  };

  // Our own message always comes into sight, wherever we had scrolled to.
  const ownCount = model.pending.length;
  const ownBefore = useRef(ownCount);
  useLayoutEffect(() => {
    if (ownCount > ownBefore.current) stick.current = true;
    ownBefore.current = ownCount;
    if (stick.current) toEnd();
  });
  useKeptPosition(box, model.entries[0]?.seq);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    // The keyboard of a phone, a growing composer and a picture that arrives all change the height.
    const observer = new ResizeObserver(() => {
      if (stick.current) toEnd();
    });
    observer.observe(element);
    if (element.firstElementChild !== null) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  }, [toEnd]);

  if (atEnd) lastSeen.current = newest;
  useEffect(() => {
    const look = () => {
      if (atEnd && isShown && document.visibilityState === "visible") onRead();
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [atEnd, isShown, onRead, newest, model.unread]);

  const { t } = language;
  return (
    <div class="message-list">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <section class="message-list-scroller" ref={box} onScroll={scrolled} tabIndex={0} aria-label={t("conversation")}>
        <div class="message-list-lines">
          {model.hasOlder && props.onOlder !== undefined && (
            <button type="button" class="message-list-older" onClick={props.onOlder}>
              {t("olderMessages")}
            </button>
          )}
          {props.intro}
          <div role="log" aria-live={model.synced ? "polite" : "off"} aria-relevant="additions">
            {lines.map((line) => (
              <LineView key={line.key} line={line} {...props} />
            ))}
          </div>
          {model.botIsThinking && <Thinking label={t("typing")} own={model.party === "agent"} />}
          {props.outro}
        </div>
      </section>
      {!atEnd && newest > lastSeen.current && (
        <button
          type="button"
          class="message-list-pill"
          onClick={() => {
            stick.current = true;
            setAtEnd(true);
            toEnd();
          }}
        >
          <Icon name="down" size={15} />
          {t("newMessages")}
        </button>
      )}
    </div>
  );
}

function LineView({
  line,
  language,
  visitorName,
  onRetry,
  under,
}: MessageListProps & { readonly line: Line }): JSX.Element {
  if (line.kind === "day") {
    return (
      <div class="message-list-day">
        <span>{dayName(language.locale, line.at, Date.now())}</span>
      </div>
    );
  }
  if (line.kind === "status") {
    return (
      <>
        <StatusLine entry={line.entry} language={language} />
        {under?.(line.entry)}
      </>
    );
  }
  return (
    <>
      <MessageLine line={line} language={language} visitorName={visitorName} onRetry={onRetry} />
      {line.entry !== undefined && under?.(line.entry)}
    </>
  );
}

function Thinking({ label, own }: { readonly label: string; readonly own: boolean }): JSX.Element {
  return (
    <div class={`message-list-thinking${own ? " is-own" : ""}`} role="status" aria-label={label}>
      <span />
      <span />
      <span />
    </div>
  );
}

/** Keeps what is being read in its place when older messages are put above it. */
function useKeptPosition(box: { readonly current: HTMLElement | null }, first: number | undefined): void {
  const before = useRef({ first, height: 0 });
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const grown = element.scrollHeight - before.current.height;
    const older = first !== undefined && before.current.first !== undefined && first < before.current.first;
    if (older && element.scrollTop < grown) element.scrollTop += grown;
    before.current = { first, height: element.scrollHeight };
  });
}
