import type { JSX } from "preact";

const names: Readonly<Record<string, string>> = { Escape: "Esc", "Shift+?": "?", Enter: "↵" };

/** Keys as they are printed on a keyboard: `g i` is two, one after the other. */
export function KeyCaps({ keys }: { readonly keys: string }): JSX.Element {
  const modifier = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl";
  return (
    <span class="key-caps">
      {keys.split(" ").map((press) => (
        <kbd key={press} class="key">
          {names[press] ?? press.replace("$mod+", `${modifier} `).replace(/\b[a-z]$/, (letter) => letter.toUpperCase())}
        </kbd>
      ))}
    </span>
  );
}
