import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { emojiGroups } from "./emoji.ts";
import type { ExtrasMessages } from "./languages.ts";
import "./emoji-picker.css";

interface EmojiPickerProps {
  readonly texts: ExtrasMessages;
  readonly onPick: (emoji: string) => void;
}

const directions: Readonly<Record<string, readonly [across: number, down: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Emoji by group. One of them can be reached by Tab, the others from there by the arrow keys. */
export function EmojiPicker({ texts, onPick }: EmojiPickerProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector("button")?.focus(), []);
  const move = (event: KeyboardEvent) => {
    const direction = directions[event.key];
    const from = event.target;
    if (direction === undefined || !(from instanceof HTMLButtonElement)) return;
    event.preventDefault();
    const to = nearest(from, [...(box.current?.querySelectorAll("button") ?? [])], direction);
    if (to === undefined) return;
    from.tabIndex = -1;
    to.tabIndex = 0;
    to.focus();
  };
  return (
    <div class="emoji-groups" role="toolbar" aria-label={texts.emoji} ref={box} onKeyDown={move}>
      {emojiGroups.map(({ name, emoji }, group) => (
        <fieldset key={name}>
          <legend>{texts[name]}</legend>
          {emoji.map((each, index) => (
            <button key={each} type="button" tabIndex={group + index === 0 ? 0 : -1} onClick={() => onPick(each)}>
              {each}
            </button>
          ))}
        </fieldset>
      ))}
    </div>
  );
}

/** The nearest of them in a direction, as they stand on the screen: that holds for right-to-left pages as well. */
function nearest<Item extends Element>(
  from: Item,
  items: readonly Item[],
  [across, down]: readonly [across: number, down: number],
): Item | undefined {
  const start = from.getBoundingClientRect();
  let best: { readonly item: Item; readonly distance: number } | undefined;
  for (const item of items) {
    const { x, y } = item.getBoundingClientRect();
    const [dx, dy] = [x - start.x, y - start.y];
    // Ahead, and in the same row when going across.
    const isAhead = across === 0 ? dy * down > 1 : dx * across > 1 && Math.abs(dy) < 1;
    const distance = Math.abs(dx) + Math.abs(dy) * 2;
    if (isAhead && (best === undefined || distance < best.distance)) best = { item, distance };
  }
  return best?.item;
}
