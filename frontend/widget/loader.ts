/**
 * `/widget.js`: draws the launcher on somebody's page and opens the panel in an iframe of our origin. It runs on every
 * page view of every visitor, so it has no dependency and stays under 1 kB compressed.
 *
 *     <script src="https://ORIGIN/widget.js" data-chatbot="demo" async></script>
 *
 * `data-position` (`right` or `left`), `data-color` (`#rrggbb`) and `data-label` dress the launcher.
 * `LiveChat("open" | "close")` drives it. A page that wants to call before the script has arrived declares
 * `window.LiveChat ||= function () { (LiveChat.q ||= []).push(arguments) }`.
 */

interface Global {
  (command: string): void;
  /** Calls from before the script arrived. */
  q?: ArrayLike<string>[];
  /** Set by a loader that runs: which chatbot it shows. */
  chatbot?: string | undefined;
}

const page = window as unknown as { LiveChat?: Global };
const script = document.currentScript as HTMLScriptElement;
const { chatbot, position = "right", color = "#0a66ff", label = "Chat" } = script.dataset;
const { origin } = new URL(script.src);
const { chatbot: running, q: waiting = [] } = page.LiveChat ?? ({} as Global);

if (!chatbot || running) {
  if (running !== chatbot) console.error("LiveChat: needs data-chatbot, one per page");
} else {
  const corner = `position:fixed;z-index:2147483000;border:0;${position}:20px;`;
  // Our own styles go through the CSSOM, and the page's stop at the shadow root.
  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  const launcher = document.createElement("button");
  const icon = document.createElement("p");
  const badge = document.createElement("b");
  /** The first digits of red and green tell whether the colour is too bright for a white icon. */
  const digit = (at: number) => Number(`0x${color[at]}`);
  const ink = digit(1) + 2 * digit(3) > 34 ? "#141a24" : "#fff";
  let frame: HTMLIFrameElement | undefined;
  let isOpen = false;
  let isReady = false;

  const load = () => {
    if (frame) return;
    frame = document.createElement("iframe");
    frame.title = label;
    frame.src = `${origin}/widget/?${new URLSearchParams({
      chatbot,
      host: location.origin,
      page: location.href,
      referrer: document.referrer,
    })}`;
    root.append(frame);
    draw();
  };

  const draw = () => {
    icon.style.cssText = `width:24px;height:24px;margin:auto;background:${ink};clip-path:path("${
      isOpen ? "M4 7l8 8 8-8 2 2-10 10L2 9z" : "M3 3h18v14h-9l-5 5v-5H3z"
    }")`;
    launcher.ariaExpanded = `${isOpen}`;
    if (!frame) return;
    frame.hidden = !isOpen;
    frame.style.cssText = `${corner}color-scheme:normal;${
      innerWidth < 481
        ? "inset:0;width:100%;height:100%"
        : "bottom:92px;width:384px;height:calc(100% - 112px);max-height:660px;border-radius:20px;box-shadow:0 12px 48px #0004"
    }`;
    if (isReady) frame.contentWindow!.postMessage(isOpen ? "open" : "close", origin);
  };

  const show = (open: boolean) => {
    if (open === isOpen) return;
    isOpen = open;
    if (open) load();
    draw();
    (open ? frame! : launcher).focus();
    // A visitor who goes on to another page of the site finds the chat as they left it.
    try {
      sessionStorage.livechat = open ? chatbot : "";
    } catch {}
  };

  launcher.ariaLabel = label;
  launcher.style.cssText = `${corner}bottom:20px;width:60px;height:60px;padding:0;border-radius:50%;cursor:pointer;box-shadow:0 12px 48px #0004;background:${color}`;
  badge.style.cssText =
    "position:absolute;top:0;right:0;min-width:20px;border-radius:20px;background:#d22;color:#fff;font:12px/20px system-ui";
  launcher.append(icon, badge);
  launcher.onclick = () => show(!isOpen);
  launcher.onpointerenter = launcher.onfocus = load;
  root.append(launcher);

  addEventListener("resize", draw);
  addEventListener("keydown", (event) => event.key === "Escape" && show(false));
  addEventListener("message", ({ source, origin: from, data }) => {
    if (!frame || from !== origin || source !== frame.contentWindow) return;
    if (data === "close") show(false);
    else if (data === "ready") {
      isReady = true;
      draw();
    } else badge.textContent = data.unread || "";
  });

  const run: Global = (command) => show(command === "open");
  run.chatbot = chatbot;
  page.LiveChat = run;

  // Not the body: it may not be there yet, and some frameworks replace it.
  document.documentElement.append(host);
  draw();
  for (const call of waiting) run(call[0]!);
  try {
    if (sessionStorage.livechat === chatbot) show(true);
  } catch {}
}
