import { render } from "preact";
import { createApi } from "../shared/api.ts";
import { allRoutes } from "../shared/api-routes.ts";
import { applyLanguage } from "../shared/i18n.ts";
import "../shared/base.css";
import { createAgentApi } from "./agent-api.ts";
import { App } from "./app.tsx";
import "./dashboard.css";
import { Login, readLoginConfig } from "./login.ts";
import { navigate } from "./navigation.tsx";
import { Placeholder } from "./placeholder.tsx";
import { routeOf } from "./routes.ts";
import { type DashboardText, TextContext, textFor } from "./text.ts";

const root = document.getElementById("app") ?? document.body;
const text = await textFor(navigator.languages);
applyLanguage(text.language);

try {
  await start(new Login(await readLoginConfig()));
} catch (error) {
  showFailure(text, text.t("startFailed"), error);
}

/** Logs in, or goes on with the login that there is. */
async function start(login: Login): Promise<void> {
  if (routeOf(new URL(location.href)).page === "loginCallback") {
    try {
      navigate(await login.finish(), { replace: true });
    } catch (error) {
      showFailure(text, text.t("loginFailed"), error);
      return;
    }
  } else if ((await login.token()) === undefined) {
    render(<Placeholder title={text.t("loggingIn")} />, root);
    await login.start();
    return;
  }
  const endedListeners = new Set<() => void>();
  const api = createAgentApi(createApi(allRoutes), login, () => {
    for (const listener of [...endedListeners]) listener();
  });
  const person = await login.person();
  render(
    <TextContext.Provider value={text}>
      <App
        api={api}
        login={login}
        person={person}
        onSessionEnded={(listener) => {
          endedListeners.add(listener);
          return () => endedListeners.delete(listener);
        }}
      />
    </TextContext.Provider>,
    root,
  );
}

function showFailure({ t }: DashboardText, title: string, error: unknown): void {
  render(
    <Placeholder title={title} text={error instanceof Error ? error.message : String(error)}>
      <a class="button button-plain" href="/">
        {t("tryAgain")}
      </a>
    </Placeholder>,
    root,
  );
}
