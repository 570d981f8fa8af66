import { useEffect } from "preact/hooks";

const calm = new URL("../icon.svg", import.meta.url).href;
const waiting = new URL("../icon-waiting.svg", import.meta.url).href;

/** The tab's title, with the number of those who wait, and its icon with a dot: both are seen from another tab. */
export function useTabMark(title: string, count: number, more: boolean): void {
  useEffect(() => {
    document.title = count === 0 ? title : `(${count}${more ? "+" : ""}) ${title}`;
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    if (icon !== null) icon.href = count === 0 ? calm : waiting;
  }, [title, count, more]);
}
