/** What the service worker tells the dashboard's pages. */
export type WorkerMessage =
  /** Somebody clicked a notification: show this path. */
  | { readonly kind: "open"; readonly path: string }
  /** The browser has given this device another address: tell the server. */
  | { readonly kind: "resubscribed" };

/** Whether a message is one of the worker's: pages hear those of other scripts as well. */
export function isWorkerMessage(data: unknown): data is WorkerMessage {
  if (typeof data !== "object" || data === null || !("kind" in data)) return false;
  if (data.kind === "resubscribed") return true;
  // A path of ours: `//host` would leave the site.
  return data.kind === "open" && "path" in data && typeof data.path === "string" && /^\/(?![/\\])/.test(data.path);
}
