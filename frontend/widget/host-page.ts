/** Talks with the loader on the page around us. Both sides name the other's exact origin and check it. */
export interface HostPage {
  /** Says that the panel listens; the loader answers with whether it is open. */
  ready(): void;
  close(): void;
  showUnread(count: number): void;
  /** Returns what ends it. */
  onShown(listener: (shown: boolean) => void): () => void;
}

/** @param origin of the page that framed us, from the address that the loader made */
export function hostPage(origin: string): HostPage {
  const tell = (message: unknown) => {
    if (parent !== window && isOrigin(origin)) parent.postMessage(message, origin);
  };
  return {
    ready: () => tell("ready"),
    close: () => tell("close"),
    showUnread: (unread) => tell({ unread }),
    onShown(listener) {
      const receive = (event: MessageEvent<unknown>) => {
        if (event.source !== parent || event.origin !== origin) return;
        if (event.data === "open" || event.data === "close") listener(event.data === "open");
      };
      addEventListener("message", receive);
      return () => removeEventListener("message", receive);
    },
  };
}

function isOrigin(value: string): boolean {
  return URL.canParse(value) && new URL(value).origin === value;
}
