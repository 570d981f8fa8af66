import type { Api } from "../../shared/api.ts";
import { deviceOf } from "../../shared/user-agent.ts";

/** Whether notifications can come to this browser for a chatbot, and if not, why. */
export type PushState =
  /** The browser has no Web Push. */
  | "unsupported"
  /** Safari on iPhone and iPad gives it to apps on the Home Screen only. */
  | "needsHomeScreen"
  /** Somebody has refused; only the browser's own settings change that. */
  | "blocked"
  | "off"
  | "on";

/** What this browser remembers of itself. `endpoints`: by chatbot, the address that the server has been told. */
interface Registration {
  readonly deviceId: string;
  readonly endpoints: Readonly<Record<string, string>>;
}

const workerUrl = "/push-worker.js";
const storageKey = "dashboard:push";

export async function pushState(chatbotId: string): Promise<PushState> {
  if (!isSupported()) return isAppleTouch() ? "needsHomeScreen" : "unsupported";
  if (Notification.permission === "denied") return "blocked";
  const subscription = await currentSubscription();
  return subscription !== undefined && readRegistration()?.endpoints[chatbotId] !== undefined ? "on" : "off";
}

/** This browser's id among an agent's devices, if it was ever registered. */
export function thisDevice(): string | undefined {
  return readRegistration()?.deviceId;
}

/**
 * Asks for permission and registers this browser. Must be called in answer to a press: browsers ignore it otherwise.
 *
 * @param pushKey The deployment's key, base64url
 */
export async function allowPush(api: Api, chatbotId: string, pushKey: string): Promise<PushState> {
  if (!isSupported()) return pushState(chatbotId);
  const permission = await Notification.requestPermission();
  if (permission !== "granted") return permission === "denied" ? "blocked" : "off";
  const worker = await navigator.serviceWorker.register(workerUrl);
  const subscription = await subscribe(worker, pushKey);
  await tellServer(api, chatbotId, subscription);
  return "on";
}

/** Forgets this browser for a chatbot. The subscription stays for the agent's other chatbots. */
export async function stopPush(api: Api, chatbotId: string): Promise<void> {
  await api.call("deletePushDevice", { path: { chatbotId, deviceId: registration().deviceId } });
  forgetEndpoint(chatbotId);
}

/** Another of the agent's browsers was removed; if it is this one, it has to know. */
export function deviceRemoved(chatbotId: string, deviceId: string): void {
  if (deviceId === thisDevice()) forgetEndpoint(chatbotId);
}

/** Tells the server when the browser has another address than it was told. Costs nothing when it has not. */
export async function keepRegistered(api: Api, chatbotId: string): Promise<void> {
  const told = readRegistration()?.endpoints[chatbotId];
  if (told === undefined || !isSupported() || Notification.permission !== "granted") return;
  const subscription = await currentSubscription();
  if (subscription !== undefined && subscription.endpoint !== told) await tellServer(api, chatbotId, subscription);
}

/** Milliseconds that signing out waits for the browser to end its subscription. */
const longestGoodbyeMs = 2_000;

/** Whoever signs out here is notified here no more, and neither is the next person: the address itself ends. */
export async function endPush(): Promise<void> {
  const end = async (): Promise<void> => {
    const subscription = isSupported() ? await currentSubscription() : undefined;
    localStorage.removeItem(storageKey);
    await subscription?.unsubscribe();
  };
  const tooLong = new Promise<void>((resolve) => setTimeout(resolve, longestGoodbyeMs));
  await Promise.race([end().catch(() => undefined), tooLong]);
}

async function subscribe(worker: ServiceWorkerRegistration, pushKey: string): Promise<PushSubscription> {
  await navigator.serviceWorker.ready;
  const applicationServerKey = bytesOf(pushKey);
  const known = await worker.pushManager.getSubscription();
  if (known !== null) {
    const { applicationServerKey: ofKnown } = known.options;
    if (ofKnown !== null && sameBytes(new Uint8Array(ofKnown), applicationServerKey)) return known;
    // Made with another key, as after a deployment was replaced: a browser refuses a second subscription beside it.
    await known.unsubscribe();
  }
  return worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
}

async function tellServer(api: Api, chatbotId: string, subscription: PushSubscription): Promise<void> {
  const { endpoint, keys: { p256dh = "", auth = "" } = {} } = subscription.toJSON();
  const { deviceId, endpoints } = registration();
  await api.call("putPushDevice", {
    path: { chatbotId, deviceId },
    body: {
      label: deviceName(),
      subscription: { endpoint: endpoint ?? subscription.endpoint, keys: { p256dh, auth } },
    },
  });
  remember({ deviceId, endpoints: { ...endpoints, [chatbotId]: subscription.endpoint } });
}

async function currentSubscription(): Promise<PushSubscription | undefined> {
  const worker = await navigator.serviceWorker.getRegistration(workerUrl);
  return (await worker?.pushManager.getSubscription()) ?? undefined;
}

function isSupported(): boolean {
  return "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
}

/** iPadOS says that it is a Mac; Macs have no touch screen. */
function isAppleTouch(): boolean {
  return (
    /\b(iPhone|iPad)\b/.test(navigator.userAgent) ||
    (/\bMac OS X\b/.test(navigator.userAgent) && navigator.maxTouchPoints > 1)
  );
}

/** `Firefox 128 · Linux`. */
function deviceName(): string {
  const { browser, system } = deviceOf(navigator.userAgent);
  return [browser, system].filter((part) => part !== undefined).join(" · ") || "Browser";
}

function registration(): Registration {
  const known = readRegistration();
  if (known !== undefined) return known;
  const fresh = { deviceId: crypto.randomUUID(), endpoints: {} };
  remember(fresh);
  return fresh;
}

function readRegistration(): Registration | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storageKey) ?? "null");
    return typeof kept === "object" && kept !== null ? (kept as Registration) : undefined;
  } catch {
    return undefined;
  }
}

function remember(registration: Registration): void {
  localStorage.setItem(storageKey, JSON.stringify(registration));
}

function forgetEndpoint(chatbotId: string): void {
  const { deviceId, endpoints } = registration();
  const { [chatbotId]: _, ...others } = endpoints;
  remember({ deviceId, endpoints: others });
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
