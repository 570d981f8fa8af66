import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Button } from "../button.tsx";
import "./confirm-bar.css";

interface ConfirmBarProps {
  readonly title: string;
  readonly question: string;
  /** On the button that does it. */
  readonly action: string;
  readonly cancel: string;
  readonly isBusy?: boolean;
  /** Why it did not work. */
  readonly problem?: string | undefined;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Asks before something that can't be taken back. The way out has the focus. */
export function ConfirmBar(props: ConfirmBarProps): JSX.Element {
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    bar.current?.querySelector("button")?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <div
      class="confirm-bar"
      role="alertdialog"
      aria-label={props.title}
      aria-describedby="confirm-question"
      ref={bar}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        // Only the question goes away, not the chat behind it.
        event.stopPropagation();
        props.onCancel();
      }}
    >
      <p id="confirm-question">{props.question}</p>
      {props.problem !== undefined && (
        <p class="end-problem" role="alert">
          {props.problem}
        </p>
      )}
      <Button kind="quiet" onClick={props.onCancel}>
        {props.cancel}
      </Button>
      <Button kind="danger" disabled={props.isBusy === true} onClick={props.onConfirm}>
        {props.action}
      </Button>
    </div>
  );
}
