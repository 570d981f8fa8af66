import { render } from "preact";
import { ApiError, createApi } from "../shared/api.ts";
import { applyBrandColor } from "../shared/brand.ts";
import { browserEnvironment, socketOriginOf } from "../shared/browser-environment.ts";
import { applyLanguage, english, languageOf, regionalLocale } from "../shared/i18n.ts";
import { showBrandIcon } from "./brand-icon.ts";
import { makeRoomForKeyboard } from "./keyboard-room.ts";
import { languages, type PortalLanguage } from "./languages.ts";
import { PortalApp } from "./portal-app.tsx";
import { PortalLoading, PortalProblemPage } from "./portal-problem.tsx";
import { openPortal, type PortalProblem, portalRoutes, problemOf } from "./portal-visit.ts";
import { type Brand, brandOfToken, brandRoutes } from "./problem-brand.ts";
import { mailRoutes } from "./your-data/mail-routes.ts";
import "../shared/base.css";

/**
 * `/portal/agent#<token>` and `/portal/customer#<token>`. The token stays in the fragment, which no server and no
 * Referer ever sees, so that a reload or a mail app's "open in browser" works; the page stores nothing.
 *
 * Name, colours, logo and language are those of the token's chatbot, whatever host name the page was opened under: a
 * link of one owner under the domain of another shows the one, and nothing of the other.
 */

const root = document.getElementById("app") as HTMLElement;
let language: PortalLanguage = english(languages);
/** Undefined until it is known, and for good where the link is broken: then the page is nobody's. */
let brand: Brand | undefined;

function speak(spoken: PortalLanguage): void {
  language = spoken;
  applyLanguage(spoken);
  document.title = brand?.name ?? spoken.texts.conversation;
}

async function wear(worn: Brand | undefined): Promise<void> {
  if (worn === undefined) return;
  brand = worn;
  applyBrandColor(worn.color);
  showBrandIcon(worn);
  speak(await languageOf(regionalLocale(worn.locale, navigator.languages), languages));
}

/** Replaces all that is on the page. */
function lock(problem: PortalProblem): void {
  render(<PortalProblemPage problem={problem} brand={brand} language={language} onRetry={() => void open()} />, root);
}

/** What a token that was signed names is true even when it opens nothing any more; a bent one names nobody. */
async function lockAs(problem: PortalProblem, token: string): Promise<void> {
  if (brand === undefined && problem !== "broken" && problem !== "offline") {
    await wear(await brandOfToken(createApi(brandRoutes), token));
  }
  lock(problem);
}

async function open(): Promise<void> {
  speak(await languageOf(navigator.language, languages));
  const token = location.hash.slice(1);
  if (token === "") return lock("broken");
  render(<PortalLoading language={language} />, root);
  try {
    if (location.pathname === "/portal/mail") await openMailPage(token);
    else await openConversation(token);
  } catch (error) {
    await lockAs(error instanceof ApiError ? problemOf(error.code) : "failed", token);
  }
}

async function openConversation(token: string): Promise<void> {
  const visit = await openPortal({
    api: createApi(portalRoutes),
    token,
    socketOrigin: socketOriginOf(location),
    environment: browserEnvironment(),
    createId: () => crypto.randomUUID(),
  });
  const { chatbot, role } = visit.opened;
  const [agentSide] = await Promise.all([
    role === "agent" ? import("./agent/agent-side.ts") : undefined,
    wear(chatbot.brand),
  ]);
  const lockWhenClosed = () => {
    if (visit.model.closed !== undefined) lock(problemOf(visit.model.closed.code));
  };
  visit.model.subscribe(lockWhenClosed);
  render(<PortalApp visit={visit} language={language} agentSide={agentSide?.agentSide} />, root);
  lockWhenClosed();
}

async function openMailPage(token: string): Promise<void> {
  const { StopMails } = await import("./stop-mails.tsx");
  const api = createApi({ ...mailRoutes, ...brandRoutes });
  const [{ wanted }, worn] = await Promise.all([
    api.call("readMailWish", { query: { token } }),
    brandOfToken(api, token),
  ]);
  await wear(worn);
  const onProblem = (problem: PortalProblem) => void lockAs(problem, token);
  render(
    <StopMails api={api} token={token} wanted={wanted} brand={brand} language={language} onProblem={onProblem} />,
    root,
  );
}

makeRoomForKeyboard();
addEventListener("hashchange", () => location.reload());
void open();
