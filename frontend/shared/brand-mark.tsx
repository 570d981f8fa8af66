import type { JSX } from "preact";
import { useState } from "preact/hooks";
import "./brand-mark.css";

/** The owner's logo; the first letter of the name where there is none or it does not load. */
export function BrandMark({ name, logoUrl }: { readonly name: string; readonly logoUrl: string }): JSX.Element {
  const [broken, setBroken] = useState(false);
  if (logoUrl !== "" && !broken) {
    return <img class="brand-mark" src={logoUrl} alt="" referrerpolicy="no-referrer" onError={() => setBroken(true)} />;
  }
  return (
    <span class="brand-mark is-letter" aria-hidden="true">
      {[...name][0]?.toLocaleUpperCase() ?? ""}
    </span>
  );
}
