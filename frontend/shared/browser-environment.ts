import type { ConnectionEnvironment, Socket } from "./connection.ts";

/** `wss://` with the page's own host, or `ws://` on a page without TLS. */
export function socketOriginOf(location: Pick<Location, "protocol" | "host">): string {
  return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}`;
}

/**
 * The browser that a connection runs in.
 * @param isShown narrows visibility further, for a panel that is closed on a visible page
 */
export function browserEnvironment(isShown: () => boolean = () => true): ConnectionEnvironment {
  return {
    openSocket: (url) => new WebSocket(url) as Socket,
    after(ms, run) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    random: () => Math.random(),
    isVisible: () => document.visibilityState === "visible" && isShown(),
    onWake(listener) {
      const onVisibility = () => {
        if (document.visibilityState === "visible") listener();
      };
      document.addEventListener("visibilitychange", onVisibility);
      addEventListener("online", listener);
      addEventListener("pageshow", listener);
      return () => {
        document.removeEventListener("visibilitychange", onVisibility);
        removeEventListener("online", listener);
        removeEventListener("pageshow", listener);
      };
    },
  };
}
