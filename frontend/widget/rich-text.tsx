import type { ComponentType, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { PlainText } from "../shared/plain-text.tsx";

let Markdown: ComponentType<{ readonly text: string }> | undefined;

async function loadMarkdown(): Promise<void> {
  ({ Markdown } = await import("../shared/markdown.tsx"));
  const styles = document.createElement("link");
  styles.rel = "stylesheet";
  styles.href = new URL("markdown.css", import.meta.url).href;
  document.head.append(styles);
}

/** What the AI or an agent wrote. What draws links and Markdown is loaded when the first text has some. */
export function RichText({ text }: { readonly text: string }): JSX.Element {
  const [, setLoaded] = useState(false);
  const isRich = /https?:|[*_`#>|[~]|^\s*(-|\d+\.) /m.test(text);
  useEffect(() => {
    // Failing leaves the text as it was written; the next one tries again.
    if (isRich && Markdown === undefined) loadMarkdown().then(() => setLoaded(true), () => undefined);
  }, [isRich]);
  return isRich && Markdown !== undefined ? <Markdown text={text} /> : <PlainText text={text} />;
}
