import type { JSX } from "preact";
import "./text.css";

/** What somebody wrote, as it was written: nothing in it is ever markup. Line breaks stay; long words break. */
export function PlainText({ text }: { readonly text: string }): JSX.Element {
  return (
    <p class="message-text" dir="auto">
      {text}
    </p>
  );
}
