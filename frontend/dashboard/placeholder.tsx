import type { ComponentChildren } from "preact";

interface PlaceholderProps {
  readonly title: string;
  readonly text?: string;
  /** What can be done about it. */
  readonly children?: ComponentChildren;
}

/** Says why there is nothing here, and what to do. */
export function Placeholder({ title, text, children }: PlaceholderProps) {
  return (
    <div class="placeholder" role="status">
      <h2 class="placeholder-title">{title}</h2>
      {text !== undefined && <p class="placeholder-text">{text}</p>}
      {children}
    </div>
  );
}
