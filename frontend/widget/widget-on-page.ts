/** What the loader and `page-api.ts` share; both are on the page, the latter from the first intent on. */
export interface WidgetOnPage {
  readonly chatbot: string;
  /** Ours. */
  readonly origin: string;
  /** Holds all that the page sees of us. */
  readonly host: HTMLElement;
  /** Shows how many messages are unread. */
  readonly badge: HTMLElement;
  /** The panel; undefined before the first intent. */
  frame?: HTMLIFrameElement;
  isOpen: boolean;
  show(open: boolean): void;
  /** `page-api.ts` wants to know of every opening and closing. */
  onShow?: () => void;
}

/** One call of `LiveChat`. */
export type Call = Iterable<unknown>;

/** What stands at `window.LiveChat`: the page's stub, then the loader's function, which keeps the queue of the stub. */
export interface LiveChatFunction {
  (...call: readonly unknown[]): void;
  q?: Call[];
  widget?: WidgetOnPage;
}

export type LiveChatPage = Omit<Window, "LiveChat"> & { LiveChat?: LiveChatFunction };
