import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Membership } from "../../lambdas/contracts/http.ts";
import type { Api } from "../shared/api.ts";
import "./app.css";
import { ChatbotChooser } from "./chatbot-chooser.tsx";
import { InboxPage } from "./inbox/inbox-page.tsx";
import type { Login } from "./login.ts";
import { Link, navigate, useRoute } from "./navigation.tsx";
import { Placeholder } from "./placeholder.tsx";
import { inboxHref, type Route } from "./routes.ts";
import { useText } from "./text.ts";
import { TopBar } from "./top-bar.tsx";

interface AppProps {
  readonly api: Api;
  readonly login: Login;
  readonly personName: string | undefined;
  /** Calls back when the API refuses the login for good. Returns what ends it. */
  readonly onSessionEnded: (listener: () => void) => () => void;
}

type Memberships = "loading" | { readonly failed: string } | readonly Membership[];

export function App({ api, login, personName, onSessionEnded }: AppProps) {
  const { t } = useText();
  const route = useRoute();
  const [memberships, setMemberships] = useState<Memberships>("loading");
  const [attempt, setAttempt] = useState(0);
  const [loggedOut, setLoggedOut] = useState(false);
  const [loginProblem, setLoginProblem] = useState("");

  useEffect(() => onSessionEnded(() => setLoggedOut(true)), [onSessionEnded]);
  // Another attempt is a reason to read again.
  useEffect(() => {
    api.call("listMemberships", {}).then(
      (reply) => setMemberships(reply.memberships),
      (error: unknown) => setMemberships({ failed: error instanceof Error ? error.message : String(error) }),
    );
  }, [api, attempt]);

  const logInAgain = (): void => {
    login.start().catch((error: unknown) => setLoginProblem(error instanceof Error ? error.message : String(error)));
  };
  const known = Array.isArray(memberships) ? (memberships as readonly Membership[]) : [];
  const chatbotId = "chatbotId" in route ? route.chatbotId : undefined;
  const current = known.find((membership) => membership.chatbotId === chatbotId);

  return (
    <div class="app">
      <a class="skip-link" href="#main">
        {t("skipToContent")}
      </a>
      <TopBar
        route={route}
        current={current}
        memberships={known}
        personName={personName}
        onLogOut={() => void login.end()}
      />
      {loggedOut && (
        <div class="session-ended" role="alert">
          <span>{loginProblem === "" ? t("sessionEnded") : loginProblem}</span>
          <button type="button" class="button button-plain button-small" onClick={logInAgain}>
            {t("loginAgain")}
          </button>
        </div>
      )}
      {memberships === "loading" ? (
        <span class="visually-hidden" role="status">
          {t("loading")}
        </span>
      ) : "failed" in memberships ? (
        <Placeholder title={t("startFailed")} text={memberships.failed}>
          <button type="button" class="button button-plain" onClick={() => setAttempt(attempt + 1)}>
            {t("tryAgain")}
          </button>
        </Placeholder>
      ) : (
        <Page api={api} route={route} memberships={known} current={current} />
      )}
    </div>
  );
}

interface PageProps {
  readonly api: Api;
  readonly route: Route;
  readonly memberships: readonly Membership[];
  readonly current: Membership | undefined;
}

function Page({ api, route, memberships, current }: PageProps) {
  const { t } = useText();
  if (route.page === "home" || route.page === "loginCallback") return <Home memberships={memberships} />;
  if (route.page === "notFound") {
    return (
      <Placeholder title={t("pageNotFound")}>
        <Link class="button button-plain" href="/">
          {t("toStart")}
        </Link>
      </Placeholder>
    );
  }
  if (current === undefined) {
    return (
      <Placeholder title={t("noAccess")} text={t("noAccessText")}>
        <Link class="button button-plain" href="/">
          {t("toStart")}
        </Link>
      </Placeholder>
    );
  }
  if (route.page === "settings") return <Settings api={api} membership={current} />;
  return (
    <InboxPage
      key={route.chatbotId}
      api={api}
      chatbotId={route.chatbotId}
      chatbotName={current.name}
      conversationId={route.conversationId}
      query={route.query}
    />
  );
}

/** One chatbot: straight in. Several: choose. None: say why. */
function Home({ memberships }: { readonly memberships: readonly Membership[] }) {
  const { t } = useText();
  const [first, ...others] = memberships;
  const only = others.length === 0 ? first?.chatbotId : undefined;
  useEffect(() => {
    if (only !== undefined) navigate(inboxHref(only), { replace: true });
    else document.title = t("product");
  }, [only, t]);
  if (first === undefined) return <Placeholder title={t("noChatbots")} text={t("noChatbotsText")} />;
  return only === undefined ? <ChatbotChooser memberships={memberships} /> : null;
}

interface SettingsProps {
  readonly api: Api;
  readonly membership: Membership;
}

type SettingsComponent = ComponentType<{ readonly api: Api; readonly chatbotId: string }>;

/** Loaded when it is opened: it carries the contract's own schemas, which the inbox does without. */
function Settings({ api, membership }: SettingsProps) {
  const { t } = useText();
  const [page, setPage] = useState<{ readonly Component: SettingsComponent }>();
  const [failed, setFailed] = useState(false);
  const owner = membership.role === "owner";
  useEffect(() => {
    document.title = `${t("settings")} · ${membership.name}`;
    if (!owner) return;
    import("./settings/settings-page.tsx").then(
      (module) => setPage({ Component: module.SettingsPage }),
      () => setFailed(true),
    );
  }, [owner, membership.name, t]);
  if (!owner) return <Placeholder title={t("ownersOnlyTitle")} text={t("ownersOnlyText")} />;
  if (failed) return <Placeholder title={t("settingsFailed")} />;
  if (page === undefined) return null;
  return <page.Component key={membership.chatbotId} api={api} chatbotId={membership.chatbotId} />;
}
