import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { useText } from "./text.ts";

interface ConfirmButtonProps {
  readonly class: string;
  readonly question: string;
  /** What the confirming button says; by default the same as this one. */
  readonly confirmLabel: string;
  readonly onConfirm: () => void;
  readonly disabled?: boolean;
  readonly label?: string;
  readonly children: ComponentChildren;
}

/** A button whose effect is hard to take back: it asks first. The browser's dialog keeps focus and Escape right. */
export function ConfirmButton(props: ConfirmButtonProps) {
  const { t } = useText();
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <>
      <button
        type="button"
        class={props.class}
        disabled={props.disabled ?? false}
        aria-label={props.label}
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
