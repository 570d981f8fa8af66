import type { JSX, RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Glyph } from "../../glyph.tsx";
import { useText } from "../../text.ts";
import { longestSearch, shortestSearch } from "./inbox-query.ts";

interface SearchFieldProps {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly search: string;
  readonly onSearch: (search: string) => void;
  /** Arrow down leads into what was found. */
  readonly onLeave: () => void;
}

/** Milliseconds of silence after which what stands there is looked for. */
const settledMs = 300;

export function SearchField({ field, search, onSearch, onLeave }: SearchFieldProps): JSX.Element {
  const { t } = useText();
  const [text, setText] = useState(search);
  const asked = useRef(search);
  // A saved view or the back button has asked for something else.
  useEffect(() => {
    if (search === asked.current) return;
    asked.current = search;
    setText(search);
  }, [search]);

  const ask = (value: string): void => {
    const words = value.trim();
    if ((words !== "" && words.length < shortestSearch) || words === asked.current) return;
    asked.current = words;
    onSearch(words);
  };
  useEffect(() => {
    const timer = setTimeout(() => ask(text), settledMs);
    return () => clearTimeout(timer);
  });
  return (
    <search class="search-field">
      <Glyph name="search" size={16} />
      <input
        ref={field}
        class="search-input"
        type="search"
        dir="auto"
        maxLength={longestSearch}
        placeholder={t("searchPlaceholder")}
        aria-label={t("searchConversations")}
        aria-keyshortcuts="/"
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") ask(text);
          else if (event.key === "ArrowDown") onLeave();
          else if (event.key === "Escape" && text !== "") setText("");
          else return;
          event.preventDefault();
        }}
      />
      {text === "" ? (
        <span class="key" aria-hidden="true">
          /
        </span>
      ) : (
        <button type="button" class="icon-button" aria-label={t("clearSearch")} onClick={() => setText("")}>
          <Glyph name="close" size={14} />
        </button>
      )}
    </search>
  );
}
