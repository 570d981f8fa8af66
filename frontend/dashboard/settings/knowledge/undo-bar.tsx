import { useEffect, useRef } from "preact/hooks";
import { useText } from "../../text.ts";

/** Milliseconds that something can be taken back. */
const undoMs = 15_000;

interface UndoBarProps {
  readonly text: string;
  readonly onUndo: () => void;
  readonly onGone: () => void;
}

/** Says what was done and takes it back. It waits for as long as the pointer or the focus is in it. */
export function UndoBar({ text, onUndo, onGone }: UndoBarProps) {
  const { t } = useText();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const wait = (): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(onGone, undoMs);
  };
  const stay = (): void => clearTimeout(timer.current);
  useEffect(() => {
    wait();
    return stay;
  }, []);
  return (
    <div class="undo-bar" onPointerEnter={stay} onPointerLeave={wait} onFocusIn={stay} onFocusOut={wait}>
      <span role="status" dir="auto">
        {text}
      </span>
      <button type="button" class="button button-plain button-small" onClick={onUndo}>
        {t("undo")}
      </button>
    </div>
  );
}
