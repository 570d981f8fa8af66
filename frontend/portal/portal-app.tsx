import type { JSX } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import type { Status } from "../../lambdas/domain/status.ts";
import { BrandMark } from "../shared/brand-mark.tsx";
import { Button } from "../shared/button.tsx";
import { Composer } from "../shared/composer.tsx";
import { ConversationView } from "../shared/conversation-view.tsx";
import { MessageLine } from "../shared/message-line.tsx";
import { PresenceDot } from "../shared/presence-dot.tsx";
import { StatusLine } from "../shared/status-line.tsx";
import { MessageText } from "../shared/text.tsx";
import { useModel } from "../shared/use-model.ts";
import type { PortalLanguage, PortalMessages } from "./languages.ts";
import type { PortalVisit } from "./portal-visit.ts";
import { VisitorFacts } from "./visitor-facts.tsx";
import "./portal-app.css";

const statusTexts: Readonly<Record<Status, keyof PortalMessages>> = {
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
  readonly language: PortalLanguage;
}): JSX.Element {
  const { model, session, connection, opened } = visit;
  const { brand } = opened.chatbot;
  const { texts } = language;
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
  const presence = texts[isAgent ? (here ? "visitorOnline" : "visitorAway") : here ? "online" : "away"];
  const facts = isAgent && opened.visitor !== undefined ? opened.visitor : undefined;

  return (
    <main class={`portal${facts === undefined ? "" : " has-facts"}`}>
      <header class="portal-header">
        <BrandMark name={brand.name} logoUrl={brand.logoUrl} />
        <div class="portal-header-names">
          <h1>
            <bdi>{isAgent ? (facts?.lead.name ?? texts.visitor) : brand.name}</bdi>
          </h1>
          {model.state !== undefined && (
            <p>
              <PresenceDot present={here} label={presence} />
              {/* The dot has said it already. */}
              <span aria-hidden="true">{presence}</span>
            </p>
          )}
        </div>
        {isAgent && talk !== undefined && <span class={`portal-status is-${talk}`}>{texts[statusTexts[talk]]}</span>}
        <div class="portal-actions">
          {isAgent && (talk === "unrequested" || talk === "unassigned") && (
            <Button kind="primary" disabled={isBusy} onClick={() => session.command("takeOver")}>
              {texts.takeOver}
            </Button>
          )}
          {(talk === "open" || talk === "unassigned") && (
            <Button disabled={isBusy} onClick={() => setConfirmsEnd(true)}>
              {texts.end}
            </Button>
          )}
          {talk === "ended" && (
            <Button disabled={isBusy} onClick={() => session.command("reopen")}>
              {texts.reopen}
            </Button>
          )}
          {facts !== undefined && (
            <span class="portal-facts-toggle">
              <Button kind="quiet" expanded={showsFacts} onClick={() => setShowsFacts(!showsFacts)}>
                {texts.details}
              </Button>
            </span>
          )}
        </div>
      </header>
      <div class="portal-body">
        <ConversationView
          model={model}
          language={language}
          status={status}
          onRead={onRead}
          message={(line) => (
            <MessageLine
              line={line}
              language={language}
              fallbackName={line.role === "agent" ? texts.team : (facts?.lead.name ?? texts.visitor)}
              onRetry={(id) => session.retry(id)}
            >
              <MessageText text={line.text} />
            </MessageLine>
          )}
          event={(entry) => (
            <StatusLine entry={entry} language={language}>
              {entry.kind === "status" && entry.text !== undefined && <MessageText text={entry.text} />}
            </StatusLine>
          )}
          intro={!model.synced && <p class="portal-hint">{texts.loading}</p>}
        >
          {confirmsEnd ? (
            <div class="portal-confirm" role="alertdialog" aria-label={texts.endConversation}>
              <p>{texts.endQuestion}</p>
              <Button kind="quiet" onClick={() => setConfirmsEnd(false)}>
                {texts.cancel}
              </Button>
              <Button
                kind="danger"
                onClick={() => {
                  setConfirmsEnd(false);
                  session.command("end");
                }}
              >
                {texts.end}
              </Button>
            </div>
          ) : (
            isAgent && talk === "unrequested" && <p class="portal-hint">{texts.aiAnswers}</p>
          )}
          <Composer
            language={language}
            placeholder={
              texts[talk === "ended" ? "reopenPlaceholder" : isAgent ? "answerPlaceholder" : "replyPlaceholder"]
            }
            onSend={(text) => session.say(text)}
          />
        </ConversationView>
        {facts !== undefined && (
          <aside class={`portal-facts${showsFacts ? " is-open" : ""}`} aria-label={texts.details}>
            <VisitorFacts visitor={facts} language={language} />
          </aside>
        )}
      </div>
    </main>
  );
}
