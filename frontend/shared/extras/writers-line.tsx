import type { JSX } from "preact";
import { fill } from "../i18n.ts";
import type { Writer } from "../typing.ts";
import "./writers-line.css";

interface WritersLineProps {
  readonly writers: readonly Writer[];
  /** Of somebody who has no name. */
  readonly fallbackName: string;
  /** "{name} is typing…" */
  readonly text: string;
}

/** Who is writing. The region is always there, so that a screen reader notices what comes into it. */
export function WritersLine({ writers, fallbackName, text }: WritersLineProps): JSX.Element {
  return (
    <div role="status">
      {writers.slice(0, 1).map(({ by, name }) => (
        <p key={by} class="writers-line">
          <span class="writers-dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          <bdi>{fill(text, { name: name ?? fallbackName })}</bdi>
        </p>
      ))}
    </div>
  );
}
