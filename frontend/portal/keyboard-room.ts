/**
 * Keeps the composer above the keyboard of a phone. Safari draws the keyboard over the page and moves the page up instead
 * of making it smaller; the visual viewport is what is left of it. Zooming in changes the viewport as well, and nothing here.
 */
export function makeRoomForKeyboard(view: VisualViewport | null = window.visualViewport): void {
  const fit = () => {
    if (view === null || view.scale !== 1) return;
    document.documentElement.style.setProperty("--portal-height", `${view.height}px`);
    scrollTo(0, 0);
  };
  view?.addEventListener("resize", fit);
}
