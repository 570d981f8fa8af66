import type { JSX } from "preact";
import "./presence-dot.css";

/** Green for here, red for gone. The label says it in words: colour alone tells some people nothing. */
export function PresenceDot({ present, label }: { readonly present: boolean; readonly label: string }): JSX.Element {
  return (
    <span class={`presence-dot ${present ? "is-present" : "is-away"}`} role="img" aria-label={label} title={label} />
  );
}
