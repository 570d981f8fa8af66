import type { JSX } from "preact";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { limits } from "../../lambdas/contracts/limits.ts";
import type { Language } from "./i18n.ts";
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
}

/** Characters before the limit from which the count is shown. */
const countFrom = 400;

/** Where one writes. Enter sends, Shift+Enter starts a line; Enter that ends a composed character does neither. */
export function Composer(props: ComposerProps): JSX.Element {
  const { language, placeholder, onSend, onDraft, focusKey } = props;
  const { t } = language;
  const [text, setText] = useState(props.draft ?? "");
  const field = useRef<HTMLTextAreaElement>(null);
  const countId = useId();
  const left = limits.messageLength - text.length;
  const canSend = text.trim() !== "" && left >= 0;

  useLayoutEffect(() => {
    const element = field.current;
    if (element === null) return;
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
  const send = () => {
    if (!canSend) return;
    onSend(text.trim());
    write("");
    field.current?.focus({ preventScroll: true });
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div class="composer-box">
        <textarea
          ref={field}
          class="composer-field"
          rows={1}
          // An empty field follows the page, or the placeholder of a right-to-left page starts on the left.
          dir={text === "" ? undefined : "auto"}
          value={text}
          placeholder={placeholder}
          aria-label={t("messageLabel")}
          aria-describedby={left <= countFrom ? countId : undefined}
          aria-invalid={left < 0}
          onInput={(event) => write(event.currentTarget.value)}
          onKeyDown={(event) => {
            // 229: some input methods report the Enter that ends a composition only by this code.
            if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
            event.preventDefault();
            send();
          }}
        />
        <button class="composer-send" type="submit" disabled={!canSend} aria-label={t("send")} title={t("send")}>
          <Icon name="send" size={18} />
        </button>
      </div>
      {left <= countFrom && (
        <p id={countId} class={`composer-count${left < 0 ? " is-over" : ""}`} role={left < 0 ? "alert" : undefined}>
          {left < 0 ? t("tooLong", { count: -left }) : t("charactersLeft", { count: left })}
        </p>
      )}
    </form>
  );
}
