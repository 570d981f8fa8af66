import type { JSX } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import type { Status } from "../../lambdas/domain/status.ts";
import { BrandMark } from "../shared/brand-mark.tsx";
import { Button } from "../shared/button.tsx";
import { ConversationView } from "../shared/conversation-view.tsx";
import type { Language, Messages } from "../shared/i18n.ts";
import { PresenceDot } from "../shared/presence-dot.tsx";
import { useModel } from "../shared/use-model.ts";
import type { PortalVisit } from "./portal-visit.ts";
import { VisitorFacts } from "./visitor-facts.tsx";
import "./portal-app.css";

const statusTexts: Readonly<Record<Status, keyof Messages>> = {
  unrequested: "aiStatus",
  unassigned: "needsAnswer",
  open: "inProgress",
  ended: "endedStatus",
};

/** One conversation on a page of its own, in the owner's colours: for the agent or for the customer. */
export function PortalApp({
  visit,
  language,
}: {
  readonly visit: PortalVisit;
  readonly language: Language;
}): JSX.Element {
  const { model, session, connection, opened } = visit;
  const { brand } = opened.chatbot;
  const { t } = language;
  useModel(model);
  const [status, setStatus] = useState(connection.status);
  useEffect(() => connection.onStatus(setStatus), [connection]);
  const [confirmsEnd, setConfirmsEnd] = useState(false);
  const [showsFacts, setShowsFacts] = useState(false);
  const onRead = useCallback(() => session.markRead(), [session]);

  const isAgent = opened.role === "agent";
  const talk = model.state?.status;
  const isBusy = model.command !== undefined;
  const here = isAgent ? model.isPresent("visitor") : model.isPresent("team");
  const presence = t(isAgent ? (here ? "visitorOnline" : "visitorAway") : here ? "online" : "away");
  const facts = isAgent && opened.visitor !== undefined ? opened.visitor : undefined;

  return (
    <main class={`portal${facts === undefined ? "" : " has-facts"}`}>
      <header class="portal-header">
        <BrandMark name={brand.name} logoUrl={brand.logoUrl} />
        <div class="portal-header-names">
          <h1>
            <bdi>{isAgent ? (facts?.lead.name ?? t("visitor")) : brand.name}</bdi>
          </h1>
          {model.state !== undefined && (
            <p>
              <PresenceDot present={here} label={presence} />
              {/* The dot has said it already. */}
              <span aria-hidden="true">{presence}</span>
            </p>
          )}
        </div>
        {isAgent && talk !== undefined && <span class={`portal-status is-${talk}`}>{t(statusTexts[talk])}</span>}
        <div class="portal-actions">
          {isAgent && (talk === "unrequested" || talk === "unassigned") && (
            <Button kind="primary" disabled={isBusy} onClick={() => session.command("takeOver")}>
              {t("takeOver")}
            </Button>
          )}
          {(talk === "open" || talk === "unassigned") && (
            <Button disabled={isBusy} onClick={() => setConfirmsEnd(true)}>
              {t("end")}
            </Button>
          )}
          {talk === "ended" && (
            <Button disabled={isBusy} onClick={() => session.command("reopen")}>
              {t("reopen")}
            </Button>
          )}
          {facts !== undefined && (
            <span class="portal-facts-toggle">
              <Button kind="quiet" expanded={showsFacts} onClick={() => setShowsFacts(!showsFacts)}>
                {t("details")}
              </Button>
            </span>
          )}
        </div>
      </header>
      <div class="portal-body">
        <ConversationView
          model={model}
          visitorName={facts?.lead.name}
          language={language}
          status={status}
          placeholder={t(talk === "ended" ? "reopenPlaceholder" : isAgent ? "answerPlaceholder" : "replyPlaceholder")}
          onSend={(text) => session.say(text)}
          onRetry={(id) => session.retry(id)}
          onRead={onRead}
          intro={!model.synced && <p class="portal-hint">{t("loading")}</p>}
          notice={
            confirmsEnd ? (
              <div class="portal-confirm" role="alertdialog" aria-label={t("endConversation")}>
                <p>{t("endQuestion")}</p>
                <Button kind="quiet" onClick={() => setConfirmsEnd(false)}>
                  {t("cancel")}
                </Button>
                <Button
                  kind="danger"
                  onClick={() => {
                    setConfirmsEnd(false);
                    session.command("end");
                  }}
                >
                  {t("end")}
                </Button>
              </div>
            ) : (
              isAgent && talk === "unrequested" && <p class="portal-hint">{t("aiAnswers")}</p>
            )
          }
        />
        {facts !== undefined && (
          <aside class={`portal-facts${showsFacts ? " is-open" : ""}`} aria-label={t("details")}>
            <VisitorFacts visitor={facts} language={language} />
          </aside>
        )}
      </div>
    </main>
  );
}
