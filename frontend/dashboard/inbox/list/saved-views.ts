import { type InboxQuery, readInboxQuery, writeInboxQuery } from "./inbox-query.ts";

/** A part of the inbox under a name of the agent's own. */
export interface SavedView {
  readonly id: string;
  readonly name: string;
  /** As the address writes it. */
  readonly search: string;
}

export const mostViews = 30;
export const longestViewName = 60;

/** What is needed of `localStorage`. */
export type ViewStorage = Pick<Storage, "getItem" | "setItem">;

/** The views of one chatbot that somebody has saved in this browser. */
export class SavedViews {
  readonly #storage: ViewStorage;
  readonly #key: string;
  readonly #createId: () => string;

  constructor(chatbotId: string, storage: ViewStorage, createId: () => string = () => crypto.randomUUID()) {
    this.#storage = storage;
    this.#key = `dashboard:views:${chatbotId}`;
    this.#createId = createId;
  }

  all(): readonly SavedView[] {
    try {
      const kept: unknown = JSON.parse(this.#storage.getItem(this.#key) ?? "[]");
      return Array.isArray(kept) ? kept.filter(isView) : [];
    } catch {
      return [];
    }
  }

  /** The view that shows just this. */
  of(query: InboxQuery): SavedView | undefined {
    const search = writeInboxQuery(query).toString();
    return this.all().find((view) => view.search === search);
  }

  /** Saves under a name; a view that shows the same gets the name instead. `false` when there are too many. */
  save(name: string, query: InboxQuery): boolean {
    const known = this.of(query);
    if (known !== undefined) {
      this.rename(known.id, name);
      return true;
    }
    const views = this.all();
    if (views.length >= mostViews) return false;
    const view = { id: this.#createId(), name: cut(name), search: writeInboxQuery(query).toString() };
    return this.#write([...views, view]);
  }

  rename(id: string, name: string): void {
    this.#write(this.all().map((view) => (view.id === id ? { ...view, name: cut(name) } : view)));
  }

  remove(id: string): void {
    this.#write(this.all().filter((view) => view.id !== id));
  }

  #write(views: readonly SavedView[]): boolean {
    try {
      this.#storage.setItem(this.#key, JSON.stringify(views));
      return true;
    } catch {
      // The browser keeps nothing more; the views that there are stay.
      return false;
    }
  }
}

/** What a view shows; an old one that names something we no longer have falls back to the defaults. */
export function queryOfView(view: SavedView): InboxQuery {
  return readInboxQuery(new URLSearchParams(view.search));
}

function cut(name: string): string {
  return name.trim().slice(0, longestViewName);
}

function isView(value: unknown): value is SavedView {
  if (typeof value !== "object" || value === null) return false;
  return ["id", "name", "search"].every((key) => typeof Reflect.get(value, key) === "string");
}
