import type { ToPage, ToPanel } from "./page-messages.ts";

/** The page around the panel. */
export interface HostPage {
  tell(message: ToPage): void;
  /** Calls back with what the page says. */
  listen(listener: (message: ToPanel) => void): void;
}

/** @param origin of the page that framed us, from the address that the loader made */
export function hostPage(origin: string | null): HostPage {
  return {
    tell: (message) => {
      // An origin that is none would throw; a panel without a page around it has nobody to tell.
      if (origin?.startsWith("http")) parent.postMessage(message, origin);
    },
    listen: (listener) => {
      addEventListener("message", (event: MessageEvent<ToPanel>) => {
        if (event.source === parent && event.origin === origin) listener(event.data);
      });
    },
  };
}
