import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useText } from "./text.ts";

interface ConfirmButtonProps {
  readonly class: string;
  readonly question: string;
  /** What the confirming button says; by default the same as this one. */
  readonly confirmLabel: string;
  readonly onConfirm: () => void;
  readonly disabled?: boolean;
  readonly label?: string;
  readonly keys?: string;
  /** Changes when the question should be asked, as by a key. */
  readonly openKey?: number;
  readonly children: ComponentChildren;
}

/** A button whose effect is hard to take back: it asks first. The browser's dialog keeps focus and Escape right. */
export function ConfirmButton(props: ConfirmButtonProps) {
  const { t } = useText();
  const dialog = useRef<HTMLDialogElement>(null);
  const { openKey = 0, disabled = false } = props;
  const asked = useRef(openKey);
  useEffect(() => {
    if (openKey === asked.current) return;
    asked.current = openKey;
    if (!disabled) dialog.current?.showModal();
  }, [openKey, disabled]);
  return (
    <>
      <button
        type="button"
        class={props.class}
        disabled={disabled}
        aria-label={props.label}
        aria-keyshortcuts={props.keys}
        onClick={() => dialog.current?.showModal()}
      >
        {props.children}
      </button>
      <dialog class="confirm" ref={dialog} aria-label={props.confirmLabel}>
        <p class="confirm-question">{props.question}</p>
        <div class="confirm-buttons">
          <button type="button" class="button button-plain" onClick={() => dialog.current?.close()}>
            {t("cancel")}
          </button>
          <button
            type="button"
            class="button button-danger"
            onClick={() => {
              dialog.current?.close();
              props.onConfirm();
            }}
          >
            {props.confirmLabel}
          </button>
        </div>
      </dialog>
    </>
  );
}
