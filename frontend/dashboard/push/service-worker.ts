import type { PushPayload } from "../../../lambdas/contracts/push-payload.ts";
import type { WorkerMessage } from "./worker-messages.ts";
import type { WindowClient, WorkerScope } from "./worker-scope.ts";

/**
 * Shows what is pushed, also when no page of ours is open, and brings the agent to the conversation. It answers no
 * requests: pages and files never pass through it.
 */
const scope = self as unknown as WorkerScope;

scope.addEventListener("install", (event) => event.waitUntil(scope.skipWaiting()));
scope.addEventListener("activate", (event) => event.waitUntil(scope.clients.claim()));

scope.addEventListener("push", (event) => {
  const payload = payloadOf(event.data);
  if (payload !== undefined) event.waitUntil(show(payload));
});

scope.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { data } = event.notification as Notification & { readonly data?: { readonly url?: unknown } };
  event.waitUntil(open(typeof data?.url === "string" ? data.url : "/"));
});

scope.addEventListener("pushsubscriptionchange", (event) => {
  const { oldSubscription } = event;
  if (oldSubscription === undefined || oldSubscription === null) return;
  event.waitUntil(subscribeAgain(oldSubscription.options));
});

async function show({ title, body, url, tag, silent }: PushPayload): Promise<void> {
  const watched = (await dashboards()).some(({ focused }) => focused);
  await scope.registration.showNotification(title, {
    body,
    tag,
    icon: "/push-icon.png",
    data: { url },
    // Who is looking at the dashboard sees it there. A browser takes the permission away from who shows nothing at all.
    silent: silent || watched,
    ...(silent || watched ? {} : { renotify: true }),
  } as NotificationOptions);
}

/** A dashboard that is open goes there; without one a new page does. */
async function open(url: string): Promise<void> {
  const target = new URL(url, scope.location.origin);
  if (target.origin !== scope.location.origin) return;
  const open = await dashboards();
  const page = open.find(({ focused }) => focused) ?? open[0];
  if (page === undefined) {
    await scope.clients.openWindow(target.href);
    return;
  }
  tell(page, { kind: "open", path: target.pathname + target.search });
  await page.focus();
}

/** The worker has no login: a page tells the server, this one or the next that is opened. */
async function subscribeAgain(options: PushSubscriptionOptions): Promise<void> {
  await scope.registration.pushManager.subscribe({
    userVisibleOnly: true,
    ...(options.applicationServerKey === null ? {} : { applicationServerKey: options.applicationServerKey }),
  });
  for (const page of await dashboards()) tell(page, { kind: "resubscribed" });
}

function tell(page: WindowClient, message: WorkerMessage): void {
  page.postMessage(message);
}

async function dashboards(): Promise<readonly WindowClient[]> {
  const pages = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
  // Portals and the widget live on the same origin. A page's address is the one that it was loaded from, which for
  // whoever has just logged in is that of the login.
  return pages.filter(({ url }) => !/^\/(?:portal|widget)(?:\/|$)/.test(new URL(url).pathname));
}

function payloadOf(data: { json(): unknown } | null): PushPayload | undefined {
  try {
    return data === null ? undefined : (data.json() as PushPayload);
  } catch {
    return undefined;
  }
}
