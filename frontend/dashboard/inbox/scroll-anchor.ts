/** The first item that can be seen, and where: what has to stay put when items come and go above it. */
export interface ScrollAnchor {
  readonly conversationId: string;
  /** Pixels from the scroller's upper edge. */
  readonly offset: number;
}

/** At the very top there is nothing to hold on to: whoever is there wants to see what comes. */
export function anchorOf(scroller: HTMLElement): ScrollAnchor | undefined {
  if (scroller.scrollTop < 8) return undefined;
  const edge = scroller.getBoundingClientRect().top;
  for (const item of scroller.querySelectorAll<HTMLElement>("[data-conversation]")) {
    const box = item.getBoundingClientRect();
    const conversationId = item.getAttribute("data-conversation");
    if (box.bottom > edge && conversationId !== null) return { conversationId, offset: box.top - edge };
  }
  return undefined;
}

/** Scrolls so that the anchor is where it was. One that has left the list lets go. */
export function holdAnchor(scroller: HTMLElement, anchor: ScrollAnchor): void {
  const item = scroller.querySelector(`[data-conversation="${CSS.escape(anchor.conversationId)}"]`);
  if (item === null) return;
  const offset = item.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
  scroller.scrollTop += offset - anchor.offset;
}
