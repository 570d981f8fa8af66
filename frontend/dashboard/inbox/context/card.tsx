import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { Glyph } from "../../glyph.tsx";

interface CardProps {
  readonly title: string;
  /** Under which this browser remembers whether it is folded. */
  readonly name: string;
  /** A button beside the title. */
  readonly action?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A part of the context that can be folded away, and stays so in every conversation. */
export function Card({ title, name, action, children }: CardProps): JSX.Element {
  const key = `dashboard:folded:${name}`;
  const [folded, setFolded] = useState(() => localStorage.getItem(key) !== null);
  const toggle = () => {
    if (folded) localStorage.removeItem(key);
    else localStorage.setItem(key, "");
    setFolded(!folded);
  };
  return (
    <section class={`card${folded ? " is-folded" : ""}`}>
      <div class="card-head">
        <h3 class="card-title">
          <button type="button" class="card-fold" aria-expanded={!folded} onClick={toggle}>
            <Glyph name="chevron" size={14} />
            {title}
          </button>
        </h3>
        {!folded && action}
      </div>
      {!folded && children}
    </section>
  );
}
