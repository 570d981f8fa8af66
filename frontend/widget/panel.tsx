import { render } from "preact";
import type { PublicChatbot } from "../../lambdas/contracts/settings.ts";
import { createApi } from "../shared/api.ts";
import { applyBrandColor } from "../shared/brand.ts";
import { browserEnvironment, socketOriginOf } from "../shared/browser-environment.ts";
import { applyLanguage, english, type Language, languageOf, regionalLocale } from "../shared/i18n.ts";
import { App } from "./app.tsx";
import { hostPage } from "./host-page.ts";
import { LoadFailed } from "./load-failed.tsx";
import { Visit } from "./visit.ts";
import { browserStorage, visitStore } from "./visit-store.ts";
import { visitedPage } from "./visited-page.ts";
import "../shared/base.css";

/** The panel in its iframe: `/widget/?chatbot=…&host=<origin of the page>&page=…`. */

const parameters = new URLSearchParams(location.search);
const chatbotId = parameters.get("chatbot") ?? "";
const host = hostPage(parameters.get("host") ?? "");
const store = visitStore(chatbotId, browserStorage());
const root = document.getElementById("app") as HTMLElement;

// Opened as a page of its own, the panel is always shown.
let isShown = parent === window;
let openings = 0;
/** Counts conversations of this page, so that a new one begins with a fresh view. */
let visits = 0;
let language: Language = english;
let chatbot: PublicChatbot | undefined;
let visit = newVisit();

function newVisit(): Visit {
  return new Visit({
    api: createApi(),
    chatbotId,
    store,
    visited: visitedPage(parameters, navigator.language),
    socketOrigin: socketOriginOf(location),
    environment: browserEnvironment(() => isShown),
    createId: () => crypto.randomUUID(),
    notStarted: () => language.t("notStarted"),
  });
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
      {...(focusable ? { focusKey: openings } : {})}
      onUnread={host.showUnread}
      onClose={host.close}
      onNewConversation={startAnew}
    />,
    root,
  );
}

function startAnew(): void {
  visit.leave();
  visit = newVisit();
  visits++;
  openings++;
  draw();
}

async function load(): Promise<void> {
  try {
    chatbot = await visit.load();
  } catch {
    render(<LoadFailed language={language} onRetry={() => void load()} onClose={host.close} />, root);
    return;
  }
  applyBrandColor(chatbot.brand.color);
  language = await languageOf(regionalLocale(chatbot.brand.locale, navigator.languages));
  applyLanguage(language);
  document.title = chatbot.brand.name;
  draw();
}

host.onShown((shown) => {
  if (shown === isShown) return;
  isShown = shown;
  if (shown) {
    openings++;
    visit.wake();
  }
  draw();
});
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.isComposing) host.close();
});
host.ready();
void load();
