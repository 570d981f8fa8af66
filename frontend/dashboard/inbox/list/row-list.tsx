import type { ComponentChildren, JSX, RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { InboxRow } from "../../../../lambdas/contracts/protocol.ts";
import { useText } from "../../text.ts";
import { InboxRowView } from "./inbox-row.tsx";
import { useVirtualRows } from "./use-virtual-rows.ts";
import "./row-list.css";

/** A row to be drawn. */
export interface ListedRow {
  readonly row: InboxRow;
  readonly found?: { readonly snippet: string; readonly search: string };
  /** It has left the list and goes as soon as rows may move. */
  readonly leaving?: boolean;
  /** It has just come. */
  readonly arrived?: boolean;
}

/** What the keyboard does with the list from elsewhere. */
export interface RowCursor {
  /** Moves the focus by so many rows, from the one it was last on or from the open one. */
  move(by: number): void;
  /** Focuses the row it was last on. */
  focus(): void;
}

interface RowListProps {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly count: number;
  readonly at: (index: number) => ListedRow | undefined;
  readonly indexOf: (conversationId: string) => number;
  /** Whether `count` is all there is. */
  readonly complete: boolean;
  readonly selected: string | undefined;
  readonly hrefOf: (conversationId: string) => string;
  /** The server's clock, milliseconds; as old as the times on the page may be, since every row is drawn again with it. */
  readonly now: number;
  readonly cursor: { current: RowCursor | undefined };
  /** Called with the number of rows behind the last one in sight. */
  readonly onReach?: (rowsLeft: number) => void;
  /** Below the last row. */
  readonly children?: ComponentChildren;
}

/** Rows of conversations, of which only those in sight are in the page. Arrow keys, Home and End move among all. */
export function RowList(props: RowListProps): JSX.Element {
  const { scroller, count, at, indexOf, selected, onReach } = props;
  const { t } = useText();
  const [focused, setFocused] = useState<string>();
  const list = useRef<HTMLUListElement>(null);
  const wantsFocus = useRef<string>(undefined);
  const rowHeight = useRowHeight(list);

  const known = (id: string | undefined) => (id === undefined || indexOf(id) < 0 ? undefined : id);
  const tabbable = known(focused) ?? known(selected) ?? at(0)?.row.conversationId;
  const rows = useVirtualRows({
    count,
    scroller,
    rowHeight,
    kept: tabbable === undefined ? undefined : indexOf(tabbable),
  });

  const focusRow = (index: number): void => {
    const id = at(index)?.row.conversationId;
    if (id === undefined) return;
    wantsFocus.current = id;
    setFocused(id);
    rows.reveal(index);
    focusWanted(list.current, wantsFocus);
  };
  // A row that was out of sight is in the page only now.
  useLayoutEffect(() => focusWanted(list.current, wantsFocus));
  useEffect(() => onReach?.(count - 1 - rows.lastVisible), [onReach, count, rows.lastVisible, props.complete]);

  const moveTo = (index: number): void => focusRow(Math.min(Math.max(index, 0), count - 1));
  const { cursor } = props;
  const isOnRow = (known(focused) ?? known(selected)) !== undefined;
  cursor.current = {
    move: (by) => moveTo(tabbable === undefined || !isOnRow ? 0 : indexOf(tabbable) + by),
    focus: () => moveTo(tabbable === undefined ? 0 : indexOf(tabbable)),
  };
  useEffect(
    () => () => {
      cursor.current = undefined;
    },
    [cursor],
  );
  const moveFocus = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || tabbable === undefined) return;
    const here = indexOf(tabbable);
    const next = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: count - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    moveTo(next);
  };

  return (
    <>
      <ul
        class="inbox-rows"
        ref={list}
        aria-label={t("conversations")}
        style={{ blockSize: `${rows.height}px` }}
        onKeyDown={moveFocus}
      >
        {rows.items.map((item) => {
          const listed = at(item.index);
          if (listed === undefined) return null;
          const { conversationId } = listed.row;
          return (
            <li
              key={conversationId}
              class={`inbox-item${listed.leaving ? " is-leaving" : ""}${listed.arrived ? " is-new" : ""}`}
              style={{ transform: `translateY(${item.start}px)` }}
              data-conversation={conversationId}
              aria-setsize={props.complete ? count : -1}
              aria-posinset={item.index + 1}
            >
              <InboxRowView
                row={listed.row}
                snippet={listed.found?.snippet}
                search={listed.found?.search}
                href={props.hrefOf(conversationId)}
                selected={conversationId === selected}
                tabbable={conversationId === tabbable}
                now={props.now}
                onFocus={setFocused}
              />
            </li>
          );
        })}
      </ul>
      {props.children}
    </>
  );
}

function focusWanted(list: HTMLElement | null, wanted: { current: string | undefined }): void {
  if (wanted.current === undefined) return;
  const row = list?.querySelector<HTMLElement>(`[data-conversation="${CSS.escape(wanted.current)}"] a`);
  if (row === null || row === undefined) return;
  wanted.current = undefined;
  row.focus({ preventScroll: true });
}

/** Pixels of a row when nothing can be measured, as in a test. */
const usualHeight = 62;

/** The height that the style sheet gives a row: more where fingers point, and it follows the reader's type size. */
function useRowHeight(list: RefObject<HTMLElement | null>): number {
  const [height, setHeight] = useState(usualHeight);
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return;
    const measure = () => {
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      const said = Number.parseFloat(getComputedStyle(element).getPropertyValue("--row-height"));
      if (said * rem > 0) setHeight(Math.round(said * rem));
    };
    measure();
    addEventListener("resize", measure);
    return () => removeEventListener("resize", measure);
  }, [list]);
  return height;
}
