import type { ComponentType, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { MessageText } from "../../../shared/text.tsx";

type Renderer = ComponentType<{ readonly text: string }>;

let renderer: Renderer | undefined;
let loading: Promise<void> | undefined;

/** Loads the Markdown renderer; what is on the page already is drawn again once it is here. */
export function loadMarkdown(): Promise<void> {
  loading ??= import("../../../shared/markdown.tsx").then(
    ({ Markdown }) => {
      renderer = Markdown;
    },
    () => {
      // The next message tries again; until then the text stands as it was written.
      loading = undefined;
    },
  );
  return loading;
}

/** A text in Markdown; as it was written until the renderer is here. */
export function RichText({ text }: { readonly text: string }): JSX.Element {
  const [Loaded, setLoaded] = useState(() => renderer);
  useEffect(() => {
    if (Loaded === undefined) void loadMarkdown().then(() => setLoaded(() => renderer));
  }, [Loaded]);
  return Loaded === undefined ? <MessageText text={text} /> : <Loaded text={text} />;
}
