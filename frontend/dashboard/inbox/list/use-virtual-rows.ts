import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  type VirtualItem,
  Virtualizer,
} from "@tanstack/virtual-core";
import type { RefObject } from "preact";
import { useLayoutEffect, useReducer, useState } from "preact/hooks";

interface VirtualRowsOptions {
  readonly count: number;
  readonly scroller: RefObject<HTMLElement | null>;
  /** Pixels; every row is as high. */
  readonly rowHeight: number;
  /** A row that is drawn wherever the list is scrolled to, so that it keeps the focus. */
  readonly kept: number | undefined;
}

export interface VirtualRows {
  /** The rows to be drawn, with their place in pixels. */
  readonly items: readonly VirtualItem[];
  /** Height of all rows, pixels. */
  readonly height: number;
  /** Index of the last row that can be seen. */
  readonly lastVisible: number;
  /** Scrolls as little as needed to bring a row into sight. */
  readonly reveal: (index: number) => void;
  readonly toTop: () => void;
}

/** Rows drawn before and after those that can be seen: a fast scroll finds them there. */
const overscan = 8;

/** Draws only the rows that can be seen, of however many there are. */
export function useVirtualRows({ count, scroller, rowHeight, kept }: VirtualRowsOptions): VirtualRows {
  const [, draw] = useReducer((drawn: number) => drawn + 1, 0);
  const options = {
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan,
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    onChange: () => draw(undefined),
    rangeExtractor: ({ startIndex, endIndex }: { startIndex: number; endIndex: number }) => {
      const first = Math.max(0, startIndex - overscan);
      const last = Math.min(count - 1, endIndex + overscan);
      const drawn = Array.from({ length: Math.max(0, last - first + 1) }, (_, offset) => first + offset);
      if (kept === undefined || kept >= count || (kept >= first && kept <= last)) return drawn;
      return kept < first ? [kept, ...drawn] : [...drawn, kept];
    },
  };
  const [virtualizer] = useState(() => new Virtualizer<HTMLElement, HTMLElement>(options));
  virtualizer.setOptions(options);
  useLayoutEffect(() => virtualizer._didMount(), [virtualizer]);
  useLayoutEffect(() => virtualizer._willUpdate());
  // Another height of the rows makes what was measured worthless.
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);
  return {
    items: virtualizer.getVirtualItems(),
    height: virtualizer.getTotalSize(),
    lastVisible: virtualizer.range?.endIndex ?? 0,
    reveal: (index) => virtualizer.scrollToIndex(index, { align: "auto" }),
    toTop: () => virtualizer.scrollToOffset(0),
  };
}
