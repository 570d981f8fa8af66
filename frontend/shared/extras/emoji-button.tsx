import type { JSX } from "preact";
import { useId, useRef, useState } from "preact/hooks";
import { ExtraIcon } from "./extra-icon.tsx";
import type { ExtrasMessages } from "./languages.ts";
import { later } from "./later.tsx";

const EmojiPicker = later(async () => (await import("./emoji-picker.tsx")).EmojiPicker);

/** Pixels between the button and what it opens, and from the edge of the page. */
const gap = 8;

/** Opens the emoji, and puts the chosen one where the caret is. */
export function EmojiButton({ texts }: { readonly texts: ExtrasMessages }): JSX.Element {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const picker = useRef<HTMLDivElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const pick = (emoji: string) => {
    picker.current?.hidePopover();
    const field = button.current?.form?.querySelector("textarea");
    if (field === null || field === undefined) return;
    field.focus();
    field.setRangeText(emoji, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  };
  const place = () => {
    const { current } = picker;
    const box = button.current?.getBoundingClientRect();
    if (box === undefined || current === null) return;
    // By the object model: the policy of our pages forbids style attributes.
    current.style.bottom = `${innerHeight - box.top + gap}px`;
    current.style.left = `${Math.max(gap, Math.min(box.left, innerWidth - current.offsetWidth - gap))}px`;
  };
  return (
    <>
      <button
        type="button"
        class="composer-tool"
        ref={button}
        popovertarget={id}
        aria-label={texts.emoji}
        title={texts.emoji}
      >
        <ExtraIcon name="smile" />
      </button>
      <div
        id={id}
        class="emoji-popover"
        ref={picker}
        popover="auto"
        role="dialog"
        aria-label={texts.emoji}
        onToggle={(event) => {
          const opens = event.currentTarget.matches(":popover-open");
          if (opens) place();
          setIsOpen(opens);
        }}
      >
        {isOpen && <EmojiPicker texts={texts} onPick={pick} />}
      </div>
    </>
  );
}
