import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import "./popover.css";

interface PopoverProps {
  /** Name of the button where it shows only an icon. */
  readonly label?: string;
  readonly buttonClass: string;
  readonly button: ComponentChildren;
  /** What appears; `close` gives the focus back to the button. */
  readonly children: (close: () => void) => ComponentChildren;
  /** The side of the button that the panel begins at. @default "start" */
  readonly align?: "start" | "end";
  /** Changes when the panel should open, as by a key. */
  readonly openKey?: number;
  readonly keys?: string;
}

/** A button with a panel that closes by Escape, by a press elsewhere, and when the focus leaves it. */
export function Popover(props: PopoverProps): JSX.Element {
  const { label, buttonClass, button, children, align = "start", openKey = 0, keys } = props;
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const opened = useRef(openKey);

  useEffect(() => {
    if (openKey === opened.current) return;
    opened.current = openKey;
    setOpen(true);
  }, [openKey]);
  useEffect(() => {
    if (!open) return;
    const panel = box.current?.querySelector<HTMLElement>(".popover-panel");
    panel?.querySelector<HTMLElement>("[data-autofocus], input, button, a, select")?.focus();
    const pressed = (event: PointerEvent) => {
      if (event.target instanceof Node && box.current?.contains(event.target) === false) setOpen(false);
    };
    document.addEventListener("pointerdown", pressed);
    return () => document.removeEventListener("pointerdown", pressed);
  }, [open]);

  const close = () => {
    setOpen(false);
    opener.current?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape and leaving are about whatever is inside
    <div
      class="popover"
      ref={box}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !open) return;
        event.stopPropagation();
        close();
      }}
      onFocusOut={(event) => {
        if (event.relatedTarget instanceof Node && box.current?.contains(event.relatedTarget) === false) setOpen(false);
      }}
    >
      <button
        type="button"
        ref={opener}
        class={buttonClass}
        aria-label={label}
        title={label}
        aria-expanded={open}
        aria-keyshortcuts={keys}
        onClick={() => setOpen(!open)}
      >
        {button}
      </button>
      {open && <div class={`popover-panel popover-${align}`}>{children(close)}</div>}
    </div>
  );
}
