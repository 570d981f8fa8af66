import type { Put } from "./upload.ts";

/** Milliseconds without any progress after which an upload counts as lost. */
const stalledMs = 30_000;

/** Uploads through our own origin, whatever host the address names. `fetch` tells nothing of the progress, so by XHR. */
export const putFile: Put = (grant, file, onProgress, signal) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let stalled: ReturnType<typeof setTimeout>;
    const watch = () => {
      clearTimeout(stalled);
      stalled = setTimeout(() => request.abort(), stalledMs);
    };
    request.upload.onprogress = ({ loaded, total }) => {
      watch();
      onProgress(total === 0 ? 0 : loaded / total);
    };
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve();
      else reject(new Error(`The upload was answered with ${request.status}.`));
    };
    request.onerror = () => reject(new Error("The upload did not arrive."));
    request.onabort = () => reject(new Error("The upload was stopped."));
    request.onloadend = () => clearTimeout(stalled);
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.open("PUT", onOwnOrigin(grant.url));
    for (const [name, value] of Object.entries(grant.headers)) request.setRequestHeader(name, value);
    watch();
    request.send(file);
  });

/** Path and query of an address: the front door passes files on, and our policy allows no other host. */
export function onOwnOrigin(address: string): string {
  const url = new URL(address, location.origin);
  return url.pathname + url.search;
}
