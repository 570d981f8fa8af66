import type { ComponentChildren, JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ConversationModel } from "./conversation-model.ts";
import type { Language } from "./i18n.ts";
import { Icon } from "./icons.tsx";
import { type EventEntry, linesOf, type MessageLine } from "./lines.ts";
import { dayName } from "./time.ts";
import "./message-list.css";

export interface MessageListProps {
  readonly model: ConversationModel;
  readonly language: Language;
  /** False while there is no connection: our messages then wait instead of being sent. */
  readonly canSend: boolean;
  /** False while the list is on the page but nobody can see it. */
  readonly isShown: boolean;
  /** The newest entry is in sight. */
  readonly onRead: () => void;
  readonly message: (line: MessageLine) => ComponentChildren;
  readonly event: (entry: EventEntry) => ComponentChildren;
  /** Before the first line. */
  readonly intro?: ComponentChildren;
  /** After the last line. */
  readonly outro?: ComponentChildren;
}

/** Pixels from the end within which we count as being there. */
const nearEnd = 48;

/** The messages. Stays at the end unless somebody has scrolled up to read; then a pill says that there is more. */
export function MessageList(props: MessageListProps): JSX.Element {
  const { model, language, isShown, onRead } = props;
  const { texts, locale } = language;
  const box = useRef<HTMLElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  /** For callbacks that outlive a drawing. */
  const view = useRef({ atEnd, height: 0, oldest: 0, lastSeen: 0 }).current;
  const newest = model.entries.at(-1)?.seq ?? 0;
  if (atEnd) view.lastSeen = newest;

  const stayAtEnd = (stay: boolean) => {
    view.atEnd = stay;
    setAtEnd(stay);
  };
  const goToEnd = () => {
    stayAtEnd(true);
    box.current?.scrollTo(0, box.current.scrollHeight);
  };

  useLayoutEffect(() => {
    const element = box.current as HTMLElement;
    // A new line, older ones above, the keyboard of a phone, a growing composer, a late picture: all change a height.
    const observer = new ResizeObserver(() => {
      const { scrollHeight } = element;
      const oldest = model.entries[0]?.seq ?? 0;
      const grown = scrollHeight - view.height;
      if (view.atEnd) element.scrollTop = scrollHeight;
      // What is being read keeps its place; at the very top, the browser does not see to that.
      else if (oldest !== view.oldest && element.scrollTop < grown) element.scrollTop += grown;
      Object.assign(view, { oldest, height: scrollHeight });
    });
    for (const each of [element, ...element.children]) observer.observe(each);
    return () => observer.disconnect();
  }, [model]);
  // Our own message always comes into sight, wherever we had scrolled to.
  useLayoutEffect(() => {
    if (model.pending.length > 0) goToEnd();
  }, [model.pending.length]);
  useEffect(() => {
    const look = () => {
      if (atEnd && isShown && document.visibilityState === "visible") onRead();
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [atEnd, isShown, newest, model.unread]);

  return (
    <div class="message-list">
      <section
        class="message-list-scroller"
        ref={box}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) =>
          stayAtEnd(scrollHeight - scrollTop - clientHeight < nearEnd)
        }
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
        tabIndex={0}
        aria-label={texts.conversation}
      >
        <div class="message-list-lines">
          {props.intro}
          <div role="log" aria-live={model.synced ? "polite" : "off"} aria-relevant="additions">
            {linesOf(model, props.canSend).map((line) => (
              <Line key={line.key}>
                {line.kind === "day" ? (
                  <p class="message-list-day">{dayName(locale, line.at, Date.now())}</p>
                ) : line.kind === "message" ? (
                  props.message(line)
                ) : (
                  props.event(line.entry)
                )}
              </Line>
            ))}
          </div>
          {model.botIsThinking && (
            <p class={`message-list-thinking is-for-${model.party}`} role="status" aria-label={texts.typing}>
              <i />
              <i />
              <i />
            </p>
          )}
          {props.outro}
        </div>
      </section>
      {!atEnd && newest > view.lastSeen && (
        <button type="button" class="message-list-pill" onClick={goToEnd}>
          <Icon name="down" size={15} />
          {texts.newMessages}
        </button>
      )}
    </div>
  );
}

/** Known by its key, whatever is in it. */
function Line({ children }: { readonly children: ComponentChildren }): ComponentChildren {
  return children;
}
