import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { type Api, ApiError, type Routes } from "../shared/api.ts";
import { Button } from "../shared/button.tsx";
import { Icon } from "../shared/icons.tsx";
import type { PortalLanguage } from "./languages.ts";
import { type PortalProblem, problemOf } from "./portal-visit.ts";
import "./portal-problem.css";

export const mailRoutes = { unsubscribeMail: "POST /api/mail-preferences" } as const satisfies Partial<Routes>;

/** `/portal/mail#<token>`, from the foot of a mail. Opening it changes nothing, as mail scanners open it too: the button does. */
export function StopMails({
  api,
  token,
  language: { texts },
  onProblem,
}: {
  readonly api: Api<keyof typeof mailRoutes>;
  readonly token: string;
  readonly language: PortalLanguage;
  readonly onProblem: (problem: PortalProblem) => void;
}): JSX.Element {
  const [state, setState] = useState<"asking" | "sending" | "stopped">("asking");

  async function stop(): Promise<void> {
    setState("sending");
    try {
      await api.call("unsubscribeMail", { query: { token } });
      setState("stopped");
    } catch (error) {
      onProblem(error instanceof ApiError ? problemOf(error.code) : "failed");
    }
  }

  const isStopped = state === "stopped";
  return (
    <main class="portal-problem">
      <div class="portal-problem-card">
        <span class="portal-problem-icon">
          <Icon name={isStopped ? "check" : "alert"} size={26} />
        </span>
        <div role="status">
          <h1>{isStopped ? texts.mailsStopped : texts.stopMailsQuestion}</h1>
          <p>{isStopped ? texts.mailsStoppedHint : texts.stopMailsHint}</p>
        </div>
        {!isStopped && (
          <Button kind="primary" disabled={state === "sending"} onClick={() => void stop()}>
            {texts.stopMails}
          </Button>
        )}
      </div>
    </main>
  );
}
