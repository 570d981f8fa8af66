import type { ComponentChildren, JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { limits } from "../../lambdas/contracts/limits.ts";
import { fill, type Language } from "./i18n.ts";
import { Icon } from "./icons.tsx";
import "./composer.css";

export interface ComposerProps {
  readonly language: Language;
  readonly placeholder: string;
  readonly onSend: (text: string) => void;
  /** A draft from before. @default "" */
  readonly draft?: string;
  readonly onDraft?: ((text: string) => void) | undefined;
  /** Changes when the field should be focused. */
  readonly focusKey?: number | undefined;
  /** @default "none" */
  readonly files?: ComposerFiles | undefined;
  /** Stands before the field, in the same box. */
  readonly children?: ComponentChildren;
}

/** Files of the message: they can be sent without a word, and one that is under way has to be waited for. */
export type ComposerFiles = "none" | "ready" | "underWay";

/** The contract's number, compared by the compiler. */
const messageLength: typeof limits.messageLength = 4_000;

/** Where one writes. Enter sends, Shift+Enter starts a line; Enter that ends a composed character does neither. */
export function Composer(props: ComposerProps): JSX.Element {
  const { language, placeholder, onSend, draft = "", onDraft, focusKey, files } = props;
  const { texts } = language;
  const [text, setText] = useState(draft);
  const field = useRef<HTMLTextAreaElement>(null);
  const over = text.length - messageLength;
  const isOver = over > 0;
  const canSend = (text.trim() !== "" || files === "ready") && files !== "underWay" && !isOver;

  useLayoutEffect(() => {
    const element = field.current as HTMLTextAreaElement;
    element.style.blockSize = "auto";
    element.style.blockSize = `${element.scrollHeight}px`;
  }, [text]);
  useEffect(() => {
    if (focusKey !== undefined) field.current?.focus({ preventScroll: true });
  }, [focusKey]);

  const write = (value: string) => {
    setText(value);
    onDraft?.(value);
  };
  const send = (event: Event) => {
    event.preventDefault();
    if (!canSend) return;
    onSend(text.trim());
    write("");
    field.current?.focus({ preventScroll: true });
  };

  return (
    <form class="composer" onSubmit={send}>
      <div class="composer-box">
        {props.children}
        <textarea
          ref={field}
          rows={1}
          // An empty field follows the page, or the placeholder of a right-to-left page starts on the left.
          dir={text === "" ? undefined : "auto"}
          value={text}
          placeholder={placeholder}
          aria-label={texts.messageLabel}
          aria-describedby={isOver ? "composer-problem" : undefined}
          aria-invalid={isOver}
          onInput={(event) => write(event.currentTarget.value)}
          onKeyDown={(event) => {
            // 229: some input methods report the Enter that ends a composition only by this code.
            if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) send(event);
          }}
        />
        <button type="submit" disabled={!canSend} aria-label={texts.send} title={texts.send}>
          <Icon name="send" size={18} />
        </button>
      </div>
      {isOver && (
        <p id="composer-problem" class="composer-problem" role="alert">
          {fill(texts.tooLong, { count: over })}
        </p>
      )}
    </form>
  );
}
