import { render } from "preact";
import { ApiError, createApi } from "../shared/api.ts";
import { applyBrandColor } from "../shared/brand.ts";
import { browserEnvironment, socketOriginOf } from "../shared/browser-environment.ts";
import { applyLanguage, english, languageOf, regionalLocale } from "../shared/i18n.ts";
import { showBrandIcon } from "./brand-icon.ts";
import { languages, type PortalLanguage } from "./languages.ts";
import { PortalApp } from "./portal-app.tsx";
import { PortalLoading, PortalProblemPage } from "./portal-problem.tsx";
import { openPortal, type PortalProblem, portalRoutes, problemOf } from "./portal-visit.ts";
import { mailRoutes, StopMails } from "./stop-mails.tsx";
import "../shared/base.css";

/**
 * `/portal/agent#<token>` and `/portal/customer#<token>`. The token stays in the fragment, which no server and no
 * Referer ever sees, so that a reload or a mail app's "open in browser" works; the page stores nothing.
 */

const root = document.getElementById("app") as HTMLElement;
let language: PortalLanguage = english(languages);

function speak(spoken: PortalLanguage): void {
  language = spoken;
  applyLanguage(spoken);
}

/** Replaces all that is on the page. */
function lock(problem: PortalProblem): void {
  render(<PortalProblemPage problem={problem} language={language} onRetry={() => void open()} />, root);
}

async function open(): Promise<void> {
  speak(await languageOf(navigator.language, languages));
  const token = location.hash.slice(1);
  if (token === "") {
    lock("broken");
    return;
  }
  if (location.pathname === "/portal/mail") {
    render(<StopMails api={createApi(mailRoutes)} token={token} language={language} onProblem={lock} />, root);
    return;
  }
  render(<PortalLoading language={language} />, root);
  try {
    const visit = await openPortal({
      api: createApi(portalRoutes),
      token,
      socketOrigin: socketOriginOf(location),
      environment: browserEnvironment(),
      createId: () => crypto.randomUUID(),
    });
    const { brand } = visit.opened.chatbot;
    applyBrandColor(brand.color);
    showBrandIcon(brand);
    speak(await languageOf(regionalLocale(brand.locale, navigator.languages), languages));
    document.title = brand.name;
    const lockWhenClosed = () => {
      if (visit.model.closed !== undefined) lock(problemOf(visit.model.closed.code));
    };
    visit.model.subscribe(lockWhenClosed);
    render(<PortalApp visit={visit} language={language} />, root);
    lockWhenClosed();
  } catch (error) {
    lock(error instanceof ApiError ? problemOf(error.code) : "failed");
  }
}

addEventListener("hashchange", () => location.reload());
void open();
