import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Membership } from "../../lambdas/contracts/http.ts";
import type { Api } from "../shared/api.ts";
import "./app.css";
import { ChatbotChooser } from "./chatbot-chooser.tsx";
import { InboxPage } from "./inbox/inbox-page.tsx";
import { CommandPalette } from "./keyboard/command-palette.tsx";
import { KeysDialog } from "./keyboard/keys-dialog.tsx";
import { useCommandRegistry, useCommands, useKeys } from "./keyboard/use-commands.ts";
import type { Login, Person } from "./login.ts";
import { Link, navigate, useRoute } from "./navigation.tsx";
import { Placeholder } from "./placeholder.tsx";
import { endPush } from "./push/push-registration.ts";
import { usePush } from "./push/use-push.ts";
import { analyticsHref, inboxHref, type Route, settingsHref } from "./routes.ts";
import type { SectionId } from "./settings/settings-sections.ts";
import { useText } from "./text.ts";
import { TopBar } from "./top-bar.tsx";

interface AppProps {
  readonly api: Api;
  readonly login: Login;
  readonly person: Person;
  /** Calls back when the API refuses the login for good. Returns what ends it. */
  readonly onSessionEnded: (listener: () => void) => () => void;
}

type Memberships = "loading" | { readonly failed: string } | readonly Membership[];

export function App({ api, login, person, onSessionEnded }: AppProps) {
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
  usePush(api, current?.chatbotId);

  return (
    <div class="app">
      <a class="skip-link" href="#main">
        {t("skipToContent")}
      </a>
      <TopBar
        route={route}
        current={current}
        memberships={known}
        personName={person.name}
        onLogOut={() => void endPush().then(() => login.end())}
      />
      {loggedOut && (
        <div class="session-ended" role="alert">
          <span>{loginProblem === "" ? t("sessionEnded") : loginProblem}</span>
          <button type="button" class="button button-plain button-small" onClick={logInAgain}>
            {t("loginAgain")}
          </button>
        </div>
      )}
      {route.page === "inbox" && (memberships === "loading" || current !== undefined) ? (
        // The rows come while we still ask whether the agent may see them: the API decides that, not this page.
        <Inbox api={api} route={route} chatbotName={current?.name ?? t("product")} person={person} />
      ) : memberships === "loading" ? (
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
      <Keyboard current={current} />
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
  if (current === undefined || route.page === "inbox") {
    return (
      <Placeholder title={t("noAccess")} text={t("noAccessText")}>
        <Link class="button button-plain" href="/">
          {t("toStart")}
        </Link>
      </Placeholder>
    );
  }
  if (route.page === "analytics") {
    return <Analytics api={api} membership={current} query={route.query} />;
  }
  return <Settings api={api} membership={current} section={route.section} />;
}

interface InboxProps {
  readonly api: Api;
  readonly route: Extract<Route, { page: "inbox" }>;
  readonly chatbotName: string;
  readonly person: Person;
}

function Inbox({ api, route, chatbotName, person }: InboxProps) {
  return (
    <InboxPage
      key={route.chatbotId}
      api={api}
      chatbotId={route.chatbotId}
      chatbotName={chatbotName}
      me={person.agentId}
      conversationId={route.conversationId}
      query={route.query}
    />
  );
}

/** What the keyboard does everywhere, and the two dialogs that tell of it. */
function Keyboard({ current }: { readonly current: Membership | undefined }) {
  const { t } = useText();
  const registry = useCommandRegistry();
  const [open, setOpen] = useState<"palette" | "keys">();
  const close = () => setOpen(undefined);
  useKeys(registry);
  const go = t("goTo");
  useCommands("app", [
    {
      id: "palette",
      title: t("commandPalette"),
      group: t("keyboardShortcuts"),
      keys: "$mod+k",
      whileTyping: true,
      quiet: true,
      run: () => setOpen("palette"),
    },
    {
      id: "keys",
      title: t("keyboardShortcuts"),
      group: t("keyboardShortcuts"),
      keys: "Shift+?",
      otherKeys: ["?"],
      run: () => setOpen("keys"),
    },
    ...(current === undefined
      ? []
      : [
          {
            id: "goAnalytics",
            title: t("analytics"),
            group: go,
            keys: "g a",
            run: () => navigate(analyticsHref(current.chatbotId)),
          },
          {
            id: "goSettings",
            title: t("settings"),
            group: go,
            keys: "g s",
            run: () => navigate(settingsHref(current.chatbotId)),
          },
        ]),
  ]);
  return (
    <>
      {open === "palette" && <CommandPalette commands={registry} onClose={close} />}
      {open === "keys" && <KeysDialog commands={registry} onClose={close} />}
    </>
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

type SettingsComponent = ComponentType<SettingsProps & { readonly section: SectionId }>;

type AnalyticsComponent = ComponentType<{
  readonly api: Api;
  readonly chatbotId: string;
  readonly query: URLSearchParams;
}>;

/** Loaded when it is opened: it carries the charts. */
function Analytics({ api, membership, query }: SettingsProps & { readonly query: URLSearchParams }) {
  const { t } = useText();
  const [page, setPage] = useState<{ readonly Component: AnalyticsComponent }>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    document.title = `${t("analytics")} · ${membership.name}`;
    import("./analytics/analytics-page.tsx").then(
      (module) => setPage({ Component: module.AnalyticsPage }),
      () => setFailed(true),
    );
  }, [membership.name, t]);
  if (failed) return <Placeholder title={t("analyticsFailed")} />;
  if (page === undefined) return null;
  return <page.Component key={membership.chatbotId} api={api} chatbotId={membership.chatbotId} query={query} />;
}

/** Loaded when it is opened: it carries the contract's own schemas, which the inbox does without. */
function Settings({ api, membership, section }: SettingsProps & { readonly section: SectionId }) {
  const { t } = useText();
  const [page, setPage] = useState<{ readonly Component: SettingsComponent }>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    document.title = `${t("settings")} · ${membership.name}`;
    import("./settings/settings-page.tsx").then(
      (module) => setPage({ Component: module.SettingsPage }),
      () => setFailed(true),
    );
  }, [membership.name, t]);
  if (failed) return <Placeholder title={t("settingsFailed")} />;
  if (page === undefined) return null;
  return <page.Component key={membership.chatbotId} api={api} membership={membership} section={section} />;
}
