import { useId, useRef, useState } from "preact/hooks";
import { CopyButton } from "../copy-button.tsx";
import "./code-tabs.css";

export interface CodeExample {
  readonly name: string;
  readonly code: string;
}

interface CodeTabsProps {
  readonly label: string;
  readonly examples: readonly CodeExample[];
}

/** The same in several languages, one at a time. The arrow keys go from tab to tab (ARIA Authoring Practices, “Tabs”). */
export function CodeTabs({ label, examples }: CodeTabsProps) {
  const [at, setAt] = useState(0);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const shown = examples[at];
  const move = (event: KeyboardEvent): void => {
    const forward =
      getComputedStyle(event.currentTarget as HTMLElement).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    const next = (at + (event.key === forward ? 1 : examples.length - 1)) % examples.length;
    setAt(next);
    list.current?.querySelectorAll<HTMLElement>("[role=tab]")[next]?.focus();
  };
  if (shown === undefined) return null;
  return (
    <div class="code-tabs">
      {/* The tabs have the focus; the keys are theirs. */}
      <div class="code-tab-list" role="tablist" aria-label={label} ref={list} tabIndex={-1} onKeyDown={move}>
        {examples.map(({ name }, index) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}-tab-${index}`}
            class="code-tab"
            aria-selected={index === at}
            aria-controls={`${id}-panel`}
            tabIndex={index === at ? 0 : -1}
            onClick={() => setAt(index)}
          >
            {name}
          </button>
        ))}
      </div>
      <div class="code-panel" role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-tab-${at}`} dir="ltr">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
        <pre class="code-block" tabIndex={0}>
          <code>{shown.code}</code>
        </pre>
        <CopyButton text={shown.code} />
      </div>
    </div>
  );
}
