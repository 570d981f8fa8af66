import { render } from "preact";
import type { PublicChatbot } from "../../lambdas/contracts/settings.ts";
import { applyBrandColor } from "../shared/brand.ts";
import { Button } from "../shared/button.tsx";
import { applyLanguage, english, languageOf, regionalLocale } from "../shared/i18n.ts";
import type { Alerts } from "./alerts.ts";
import { App } from "./app.tsx";
import type { WidgetExtras } from "./extras/widget-extras.tsx";
import { hostPage } from "./host-page.ts";
import { languages } from "./languages.ts";
import { Visit } from "./visit.ts";
import { visitStore } from "./visit-store.ts";
import { visitedPage } from "./visited-page.ts";
import "../shared/base.css";

/** The panel in its iframe: `/widget/?chatbot=…&host=<origin of the page>&page=…&referrer=…`. */

const parameters = new URLSearchParams(location.search);
const chatbotId = parameters.get("chatbot") ?? "";
const host = hostPage(parameters.get("host"));
const store = visitStore(chatbotId, () => localStorage);
const root = document.getElementById("app") as HTMLElement;

// Opened as a page of its own, the panel is always shown.
let isShown = parent === window;
let page = parameters.get("page");
let openings = 0;
/** Counts conversations of this page, so that a new one begins with a fresh view. */
let visits = 0;
let language = english(languages);
let chatbot: PublicChatbot | undefined;
let alerts: Alerts | undefined;
let extras: WidgetExtras | undefined;
/** Begins what comes later with another visit. */
let follow = (_notice?: string): void => undefined;
let visit = newVisit();

function newVisit(): Visit {
  return new Visit({
    chatbotId,
    store,
    isShown: () => isShown,
    visited: () => visitedPage(page, parameters.get("referrer")),
    notStarted: () => language.texts.notStarted,
    onAnotherPerson(jwt) {
      startAnew();
      visit.identify(jwt).catch(complain);
    },
  });
}

function close(): void {
  host.tell({ type: "close" });
}

function draw(): void {
  if (chatbot === undefined) return;
  // On a touch screen, focusing would throw the keyboard over the greeting.
  const focusable = openings > 0 && matchMedia("(pointer: fine)").matches;
  render(
    <App
      key={visits}
      chatbot={chatbot}
      visit={visit}
      store={store}
      language={language}
      isShown={isShown}
      focusKey={focusable ? openings : undefined}
      alerts={alerts}
      extras={extras}
      onUnread={(count) => host.tell({ type: "unread", count })}
      onClose={close}
      onNewConversation={startAnew}
    />,
    root,
  );
}

function startAnew(notice?: string): void {
  visit.leave();
  visit = newVisit();
  visits++;
  openings++;
  follow(notice);
  draw();
}

/** Nobody waits for it, so it comes when the panel can be used. */
async function loadLater(chatbot: PublicChatbot): Promise<void> {
  const { Alerts, WidgetExtras, prepareExtras } = await import("./later.ts");
  const texts = await prepareExtras(language.locale);
  alerts = new Alerts({ host, store, title: chatbot.brand.name, isShown: () => isShown, onChange: draw });
  follow = (notice) => {
    alerts?.follow(visit.model);
    extras?.stop();
    extras = new WidgetExtras({
      chatbot,
      visit,
      store,
      panel: language,
      language: texts,
      notice,
      onChange: draw,
      onNewConversation: startAnew,
    });
  };
  follow();
  draw();
}

/** Without it one can read and write; with a network that comes back, the rest comes, too. */
function insistOnLater(chatbot: PublicChatbot, pauseMs: number): void {
  loadLater(chatbot).catch(() => setTimeout(insistOnLater, pauseMs, chatbot, 2 * pauseMs));
}

async function load(): Promise<void> {
  try {
    chatbot = await visit.load();
    const { color, locale, name, position } = chatbot.brand;
    language = await languageOf(regionalLocale(locale, navigator.languages), languages);
    applyLanguage(language);
    applyBrandColor(color);
    document.title = name;
    host.tell({ type: "side", side: position });
    draw();
    insistOnLater(chatbot, 2_000);
  } catch {
    const { notLoaded, tryAgain, closeChat } = language.texts;
    render(
      <div class="panel-message" role="alert">
        <p>{notLoaded}</p>
        <Button kind="primary" onClick={() => void load()}>
          {tryAgain}
        </Button>
        <Button kind="quiet" onClick={close}>
          {closeChat}
        </Button>
      </div>,
      root,
    );
  }
}

/** What the page's own code did wrong belongs in its console. */
function complain(error: unknown): void {
  console.error("LiveChat:", error);
}

host.listen((message) => {
  if (message.type === "shown") {
    isShown = message.shown;
    if (isShown) {
      openings++;
      visit.wake();
      extras?.look();
    }
    draw();
  } else if (message.type === "page") page = message.url;
  else if (message.type === "identify") visit.identify(message.jwt).catch(complain);
  else if (message.type === "lead") visit.saveLead(message.lead).catch(complain);
  else if (message.type === "mayNotify") alerts?.mayNotify(message.allowed);
  else if (message.type === "forget") {
    visit.leave();
    store.clear();
    host.tell({ type: "forgotten" });
  }
});
addEventListener("keydown", (event) => {
  // An open menu takes the key for itself.
  if (event.key === "Escape" && !event.isComposing && document.querySelector(":popover-open") === null) close();
});
host.tell({ type: "ready" });
void load();
