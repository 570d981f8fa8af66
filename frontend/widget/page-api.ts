import type { Lead } from "../../lambdas/contracts/http.ts";
import type { ToPage, ToPanel } from "./page-messages.ts";
import type { Call, LiveChatFunction, LiveChatPage, WidgetOnPage } from "./widget-on-page.ts";

/**
 * The part of the widget that lives on the page and is not needed before somebody shows intent: it talks with the panel,
 * tells the page of events, and serves the calls that the loader has queued. `docs/widget.md` describes all of it.
 */

type Listener = (detail?: unknown) => void;

const page = window as unknown as LiveChatPage;
const liveChat = page.LiveChat as LiveChatFunction;
const widget = liveChat.widget as WidgetOnPage;
const frame = widget.frame as HTMLIFrameElement;
const { origin, host, badge } = widget;
const listeners = new Map<string, Set<Listener>>();
/** Ends all listening at once. */
const over = new AbortController();
/** What was said before the panel listened. */
let outbox: ToPanel[] | undefined = [];
let unread = 0;
let url = location.href;

function tell(message: ToPanel): void {
  if (outbox === undefined) frame.contentWindow?.postMessage(message, origin);
  else outbox.push(message);
}

function emit(event: string, detail?: unknown): void {
  for (const listener of [...(listeners.get(event) ?? [])]) {
    try {
      listener(detail);
    } catch (error) {
      // A listener of the page's must not stop the chat; the page still hears of its mistake.
      reportError(error);
    }
  }
}

function serve([command, ...rest]: readonly unknown[]): void {
  const [first, second] = rest;
  if (command === "on" && typeof second === "function") {
    const event = String(first);
    if (!listeners.has(event)) listeners.set(event, new Set());
    listeners.get(event)?.add(second as Listener);
    // Who comes late is told all the same.
    if (event === "ready" && outbox === undefined) (second as Listener)();
  } else if (command === "off") listeners.get(String(first))?.delete(second as Listener);
  else if (command === "identify")
    tell({ type: "identify", jwt: String((first as { jwt?: unknown } | undefined)?.jwt) });
  else if (command === "lead") tell({ type: "lead", lead: first as Lead });
  else if (command === "page") visit(String(first ?? location.href));
  else if (command === "shutdown") shutdown();
  else console.error("LiveChat: unknown command", command, ...rest);
}

/** Goes with the next conversation that begins. */
function visit(address: string): void {
  if (address === url) return;
  url = address;
  tell({ type: "page", url });
}

/** A single-page application changes its address without a new page. */
function lookAtAddress(): void {
  visit(location.href);
}

function showUnread(count: number): void {
  if (count === unread) return;
  unread = count;
  badge.textContent = count > 0 ? `${count}` : "";
  showHint();
  emit("unread", count);
}

/** While the chat is closed and something is unread, the page's title says so. */
function showHint(): void {
  const title = document.title.replace(/^\(\d+\) /, "");
  const hinted = unread > 0 && !widget.isOpen ? `(${unread}) ${title}` : title;
  if (hinted !== document.title) document.title = hinted;
}

function remember(storage: () => Storage, value: string): void {
  try {
    if (value === "") storage().removeItem("livechat");
    else storage().setItem("livechat", value);
  } catch {
    // Forbidden: then the next page begins as the first one did.
  }
}

function onShow(): void {
  remember(() => sessionStorage, widget.isOpen ? widget.chatbot : "");
  lookAtAddress();
  tell({ type: "shown", shown: widget.isOpen });
  showHint();
  emit(widget.isOpen ? "open" : "close");
}

async function askToNotify(): Promise<void> {
  const allowed = "Notification" in window && (await Notification.requestPermission()) === "granted";
  tell({ type: "mayNotify", allowed });
}

function notify(title: string, text: string): void {
  const notification = new Notification(title, { body: text, tag: "livechat" });
  notification.onclick = () => {
    focus();
    widget.show(true);
    notification.close();
  };
}

function receive(message: ToPage): void {
  if (message.type === "ready") {
    const waiting = outbox ?? [];
    outbox = undefined;
    waiting.forEach(tell);
    tell({ type: "shown", shown: widget.isOpen });
    emit("ready");
    if (widget.isOpen) emit("open");
  } else if (message.type === "side") remember(() => localStorage, message.side);
  else if (message.type === "close") widget.show(false);
  else if (message.type === "unread") showUnread(message.count);
  else if (message.type === "message") emit("message", { from: message.from });
  else if (message.type === "escalated") emit("escalated", { reference: message.reference });
  else if (message.type === "ended") emit("ended");
  else if (message.type === "askToNotify") void askToNotify();
  else if (message.type === "notify") notify(message.title, message.text);
  else if (message.type === "forgotten") host.remove();
}

/** Removes everything and forgets the visitor on this device. The panel goes last: its storage is its own. */
function shutdown(): void {
  tell({ type: "forget" });
  unread = 0;
  showHint();
  host.style.display = "none";
  remember(() => sessionStorage, "");
  remember(() => localStorage, "");
  listeners.clear();
  over.abort();
  addEventListener("message", listen);
  // As the page's stub does: a script that is added later finds what was called meanwhile.
  const stub: LiveChatFunction = (...call) => {
    stub.q?.push(call);
  };
  stub.q = [];
  page.LiveChat = stub;
}

function listen({ source, origin: from, data }: MessageEvent<ToPage>): void {
  if (from === origin && source === frame.contentWindow) receive(data);
}

const { signal } = over;
addEventListener("message", listen, { signal });
addEventListener("keydown", (event) => event.key === "Escape" && widget.show(false), { signal });
addEventListener("popstate", lookAtAddress, { signal });
// "Navigation API": where a browser has it, it tells of `pushState` too; elsewhere every opening looks.
(page as { navigation?: EventTarget }).navigation?.addEventListener("currententrychange", lookAtAddress, { signal });
widget.onShow = onShow;
if (widget.isOpen) remember(() => sessionStorage, widget.chatbot);

const queue = liveChat.q as Call[];
liveChat.q = Object.assign([], {
  push: (call: Call) => {
    serve([...call]);
    return 0;
  },
});
for (const call of queue) serve([...call]);
