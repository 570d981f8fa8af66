import type { ComponentChildren, JSX } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import "./choice-list.css";

interface ChoiceListProps<Item> {
  /** Says what is chosen, to those who do not see it. */
  readonly label: string;
  readonly placeholder: string;
  /** What fits the text, best first. */
  readonly find: (text: string) => readonly Item[];
  readonly keyOf: (item: Item) => string;
  /** Heads the items that follow, where it changes. */
  readonly groupOf?: (item: Item, text: string) => string | undefined;
  readonly draw: (item: Item) => ComponentChildren;
  readonly onChoose: (item: Item) => void;
  readonly empty: string;
  /** How many fit, for those who do not see it. */
  readonly countText: (count: number) => string;
}

/** A field with a list below it: typing narrows, the arrow keys move, Enter chooses. */
export function ChoiceList<Item>(props: ChoiceListProps<Item>): JSX.Element {
  const { label, placeholder, find, keyOf, groupOf, draw, onChoose } = props;
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const items = find(text);
  const active = Math.min(at, items.length - 1);
  const chosen = items[active];

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [active, text]);
  const move = (event: KeyboardEvent): void => {
    const last = items.length - 1;
    const next = {
      ArrowDown: active >= last ? 0 : active + 1,
      ArrowUp: active <= 0 ? last : active - 1,
      PageDown: Math.min(last, active + 8),
      PageUp: Math.max(0, active - 8),
    }[event.key];
    if (next !== undefined) setAt(Math.max(0, next));
    else if (event.key === "Enter" && !event.isComposing && chosen !== undefined) onChoose(chosen);
    else return;
    event.preventDefault();
  };
  return (
    <div class="choices">
      <input
        class="choices-field"
        data-autofocus
        role="combobox"
        aria-label={label}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={chosen === undefined ? undefined : `${id}-${active}`}
        dir="auto"
        spellcheck={false}
        autocomplete="off"
        placeholder={placeholder}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={move}
      />
      {/* The field has the focus; the keys are handled there. */}
      <div class="choices-list" role="listbox" id={`${id}-list`} aria-label={label} ref={list}>
        {items.map((item, index) => {
          const group = groupOf?.(item, text);
          const before = items[index - 1];
          const heads = group !== undefined && (before === undefined || groupOf?.(before, text) !== group);
          return (
            <>
              {heads && (
                <div key={`group-${group}`} class="menu-title" role="presentation">
                  {group}
                </div>
              )}
              <div
                key={keyOf(item)}
                class="choices-item"
                role="option"
                tabIndex={-1}
                id={`${id}-${index}`}
                aria-selected={index === active}
                onPointerMove={() => setAt(index)}
                onClick={() => onChoose(item)}
                onKeyDown={() => undefined}
              >
                {draw(item)}
              </div>
            </>
          );
        })}
      </div>
      {items.length === 0 && <p class="menu-note">{props.empty}</p>}
      <span class="visually-hidden" role="status">
        {props.countText(items.length)}
      </span>
    </div>
  );
}
