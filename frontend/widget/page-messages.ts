import type { Lead } from "../../lambdas/contracts/http.ts";

/** What panel and page say to each other by `postMessage`. Both sides name the other's exact origin and check it. */

/** From the panel to the page. */
export type ToPage =
  /** It listens. */
  | { readonly type: "ready" }
  /** The corner that the owner has chosen; for the next page, since nothing may jump under the pointer. */
  | { readonly type: "side"; readonly side: "left" | "right" }
  | { readonly type: "close" }
  | { readonly type: "unread"; readonly count: number }
  /** A message of the other side has arrived. */
  | { readonly type: "message"; readonly from: "agent" | "bot" }
  | { readonly type: "escalated"; readonly reference: string }
  | { readonly type: "ended" }
  /** May the browser show notifications? Only the page may ask: the panel is of another origin. */
  | { readonly type: "askToNotify" }
  | { readonly type: "notify"; readonly title: string; readonly text: string }
  /** Nothing is left on this device. */
  | { readonly type: "forgotten" };

/** From the page to the panel. */
export type ToPanel =
  | { readonly type: "shown"; readonly shown: boolean }
  /** The visitor is on another page now. */
  | { readonly type: "page"; readonly url: string }
  | { readonly type: "identify"; readonly jwt: string }
  | { readonly type: "lead"; readonly lead: Lead }
  | { readonly type: "mayNotify"; readonly allowed: boolean }
  | { readonly type: "forget" };
