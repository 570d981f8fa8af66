import type { LiveChatFunction, LiveChatPage, WidgetOnPage } from "./widget-on-page.ts";

/**
 * `/widget.js`: draws the launcher on somebody's page and opens the panel in an iframe of our origin. It runs on every
 * page view of every visitor, so it has no dependency and stays under 1 kB compressed; all but opening and closing is in
 * `page-api.ts`, which comes with the panel. `docs/widget.md` tells owners how to use both.
 */

/** Address of `page-api.ts`; the build knows it. */
declare const PAGE_API: string;

const page = window as unknown as LiveChatPage;
const { src, dataset } = document.currentScript as HTMLScriptElement;
const { chatbot, color = "#0a66ff", label = "Chat" } = dataset;
const { origin } = new URL(src);
const { widget: running, q = [] } = page.LiveChat ?? ({} as LiveChatFunction);

if (!chatbot || running) {
  if (!chatbot || running?.chatbot !== chatbot) {
    console.error("LiveChat: one data-chatbot per page", running?.chatbot, chatbot);
  }
} else {
  let { position } = dataset;
  let wasOpen = false;
  // What page-api.ts remembered: a visitor who goes on to another page of the site finds the chat as they left it.
  // Storage may be forbidden.
  try {
    position ||= localStorage.livechat;
    wasOpen = sessionStorage.livechat === chatbot;
  } catch {}

  const make = document.createElement.bind(document);
  const host = make("div");
  const root = host.attachShadow({ mode: "open" });
  const launcher = make("button");
  const badge = make("b");
  // A constructed style sheet, which a page's policy without inline styles allows.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    `button,iframe{position:fixed;z-index:2147483000;bottom:20px;${position || "inset-inline-end"}:20px;border:0;box-shadow:0 8px 40px #0004}` +
      `button{width:60px;height:60px;padding:18px;border-radius:50%;background:${color};cursor:pointer}` +
      // White, or black where the colour is bright.
      `i{display:block;height:24px;background:oklch(from ${color} calc((.64 - l)*1e6) 0 0);clip-path:path("M3 3h18v14h-9l-5 5v-5H3z")}` +
      `[aria-expanded=true] i{clip-path:path("M4 7l8 8 8-8 2 2-10 10L2 9z")}` +
      `b{position:absolute;top:0;right:0;min-width:20px;border-radius:20px;background:#d22;color:#fff;font:12px/20px system-ui}` +
      `iframe{bottom:92px;width:384px;height:min(660px,100% - 112px);border-radius:20px;color-scheme:normal}` +
      `@media(max-width:480px){iframe{inset:0;width:100%;height:100%;border-radius:0}}`,
  );
  root.adoptedStyleSheets = [sheet];

  const load = () => {
    if (widget.frame) return;
    const frame = make("iframe");
    widget.frame = frame;
    frame.hidden = true;
    frame.title = label;
    frame.src = `${origin}/widget/?${new URLSearchParams({
      chatbot,
      host: location.origin,
      page: location.href,
      referrer: document.referrer,
    })}`;
    const api = make("script");
    api.src = origin + PAGE_API;
    root.append(frame, api);
  };

  const widget: WidgetOnPage = {
    chatbot,
    origin,
    host,
    badge,
    isOpen: false,
    show(open) {
      if (open === widget.isOpen) return;
      widget.isOpen = open;
      load();
      widget.frame!.hidden = !open;
      launcher.ariaExpanded = `${open}`;
      (open ? widget.frame! : launcher).focus();
      widget.onShow?.();
    },
  };

  const run: LiveChatFunction = (...call) => {
    if (call[0] === "open") widget.show(true);
    else if (call[0] === "close") widget.show(false);
    else {
      // Nothing is loaded for the sake of a call; but what is to be forgotten is in the storage of the panel.
      if (call[0] === "shutdown") load();
      run.q!.push(call);
    }
  };
  run.q = [];
  run.widget = widget;
  page.LiveChat = run;

  launcher.ariaLabel = label;
  launcher.ariaExpanded = "false";
  launcher.append(make("i"), badge);
  launcher.onclick = () => widget.show(!widget.isOpen);
  launcher.onpointerenter = launcher.onfocus = load;
  root.append(launcher);
  // Not the body: it may not be there yet, and some frameworks replace it.
  document.documentElement.append(host);

  for (const call of q) run(...call);
  if (wasOpen) widget.show(true);
}
