import { createContext } from "preact";
import { useContext, useEffect } from "preact/hooks";
import { tinykeys } from "tinykeys";
import { type Command, Commands, isTyping, keysOf } from "./commands.ts";

export const CommandContext = createContext(new Commands(localStorage));

export function useCommandRegistry(): Commands {
  return useContext(CommandContext);
}

/** Offers commands for as long as the component is on the page. */
export function useCommands(part: string, commands: readonly Command[]): void {
  const registry = useCommandRegistry();
  // Their functions are other ones after each drawing.
  useEffect(() => registry.register(part, commands));
  useEffect(() => () => registry.register(part, []), [registry, part]);
}

/** Listens to the keys of all commands, wherever the focus is. */
export function useKeys(registry: Commands): void {
  useEffect(() => {
    let stop = () => {};
    let bound = "";
    const bind = () => {
      const keys = [...new Set(registry.all.flatMap(keysOf))].sort();
      if (keys.join(" | ") === bound) return;
      bound = keys.join(" | ");
      stop();
      stop = tinykeys(
        window,
        Object.fromEntries(keys.map((each) => [each, (event: KeyboardEvent) => press(registry, each, event)])),
      );
    };
    // Commands come and go with what is on the page; by the next key, they have settled.
    addEventListener("keydown", bind, { capture: true });
    return () => {
      removeEventListener("keydown", bind, { capture: true });
      stop();
    };
  }, [registry]);
}

function press(registry: Commands, keys: string, event: KeyboardEvent): void {
  // A dialog has keys of its own, and what lies under it is out of reach.
  if (event.defaultPrevented || event.repeat || document.querySelector("dialog[open]") !== null) return;
  const typing = isTyping(event.target);
  const command = registry.all.findLast((each) => keysOf(each).includes(keys) && registry.mayRun(each, typing));
  if (command === undefined) return;
  event.preventDefault();
  command.run();
}
