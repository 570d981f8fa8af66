/** What a push message carries, encrypted for one browser; the dashboard's service worker shows it. */
export interface PushPayload {
  readonly title: string;
  readonly body: string;
  /** Path on this site that a click opens. */
  readonly url: string;
  /** A newer notification with the same tag takes the place of the older one. */
  readonly tag: string;
  /** True: shown without sound, because the agent has the dashboard open somewhere. */
  readonly silent: boolean;
}
