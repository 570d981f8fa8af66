import type { ComponentChildren, JSX } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { Glyph } from "./glyph.tsx";
import { useText } from "./text.ts";
import "./dialog.css";

interface DialogProps {
  readonly title: string;
  /** Without a heading of its own: the title is for those who do not see what it is. */
  readonly bare?: boolean;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** A dialog over the page. The browser keeps the focus inside, closes it by Escape, and gives the focus back. */
export function Dialog({ title, bare = false, onClose, children }: DialogProps): JSX.Element {
  const { t } = useText();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a press beside the dialog closes it; by keyboard, Escape does
    <dialog
      ref={dialog}
      class={`dialog${bare ? " is-bare" : ""}`}
      aria-labelledby={bare ? undefined : id}
      aria-label={bare ? title : undefined}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === event.currentTarget) event.currentTarget.close();
      }}
    >
      <div class="dialog-box">
        {!bare && (
          <header class="dialog-head">
            <h2 class="dialog-title" id={id}>
              {title}
            </h2>
            <button type="button" class="icon-button" aria-label={t("close")} onClick={() => dialog.current?.close()}>
              <Glyph name="close" />
            </button>
          </header>
        )}
        {children}
      </div>
    </dialog>
  );
}
