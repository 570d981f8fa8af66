import { Listeners } from "../../shared/listeners.ts";

/** Something that can be done by a key and from the command palette. */
export interface Command {
  readonly id: string;
  readonly title: string;
  /** Heads the command in the palette and in the list of keys. */
  readonly group: string;
  /** As `tinykeys` writes them: `j`, `g i`, `Shift+?`, `$mod+k`. */
  readonly keys?: string;
  /** The same on keyboards of other countries; not shown. */
  readonly otherKeys?: readonly string[];
  /** Shown in the palette only when asked for by its name. @default false */
  readonly quiet?: boolean;
  /** Works while something is being typed, too: only for keys with a modifier. @default false */
  readonly whileTyping?: boolean;
  readonly run: () => void;
}

const storageKey = "dashboard:single-keys";

/**
 * The commands of the page, each part registering its own. Commands of one letter can be switched off, since somebody
 * who dictates would set them off by speaking (WCAG 2.2, 2.1.4 Character Key Shortcuts).
 */
export class Commands {
  readonly #storage: Pick<Storage, "getItem" | "setItem">;
  readonly #listeners = new Listeners();
  readonly #sets = new Map<string, readonly Command[]>();

  constructor(storage: Pick<Storage, "getItem" | "setItem">) {
    this.#storage = storage;
  }

  get all(): readonly Command[] {
    return [...this.#sets.values()].flat();
  }

  /** Replaces the commands of a part of the page; an empty list takes them away. */
  register(part: string, commands: readonly Command[]): void {
    if (commands.length === 0) this.#sets.delete(part);
    else this.#sets.set(part, commands);
  }

  /** Whether keys without a modifier do anything. */
  get singleKeys(): boolean {
    return this.#storage.getItem(storageKey) !== "off";
  }

  set singleKeys(on: boolean) {
    this.#storage.setItem(storageKey, on ? "on" : "off");
    this.#listeners.tell();
  }

  subscribe(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Whether a command's keys may set it off now. */
  mayRun({ keys, whileTyping = false }: Command, typing: boolean): boolean {
    return keys !== undefined && hasModifier(keys) ? whileTyping || !typing : this.singleKeys && !typing;
  }
}

export function keysOf({ keys, otherKeys = [] }: Command): readonly string[] {
  return keys === undefined ? [] : [keys, ...otherKeys];
}

function hasModifier(keys: string): boolean {
  return /\b(Control|Alt|Meta)\+|\$mod\+/.test(keys);
}

/** Whether what is pressed now is text for a field. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit"].includes(target.type);
}
