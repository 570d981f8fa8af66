import type { JSX } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import type { Status } from "../../lambdas/domain/status.ts";
import { BrandMark } from "../shared/brand-mark.tsx";
import { Button } from "../shared/button.tsx";
import { Composer } from "../shared/composer.tsx";
import { ConversationView } from "../shared/conversation-view.tsx";
import { later } from "../shared/extras/later.tsx";
import { MessageLine } from "../shared/message-line.tsx";
import { PresenceDot } from "../shared/presence-dot.tsx";
import { StatusLine } from "../shared/status-line.tsx";
import { MessageText } from "../shared/text.tsx";
import { useModel } from "../shared/use-model.ts";
import type { AgentSide } from "./agent/agent-side.ts";
import { useExtras } from "./extras/use-extras.ts";
import type { PortalLanguage, PortalMessages } from "./languages.ts";
import { MenuItem, PortalMenu } from "./portal-menu.tsx";
import type { PortalVisit } from "./portal-visit.ts";
import { DeleteYourData, YourData } from "./your-data/your-data.tsx";
import "./portal-app.css";

const ConfirmBar = later(async () => (await import("../shared/extras/confirm-bar.tsx")).ConfirmBar);

const statusTexts: Readonly<Record<Status, keyof PortalMessages>> = {
  unrequested: "aiStatus",
  unassigned: "needsAnswer",
  open: "inProgress",
  ended: "endedStatus",
};

interface PortalAppProps {
  readonly visit: PortalVisit;
  readonly language: PortalLanguage;
  /** For an agent. */
  readonly agentSide: AgentSide | undefined;
}

/** One conversation on a page of its own, in the owner's colours: for the agent or for the customer. */
export function PortalApp({ visit, language, agentSide }: PortalAppProps): JSX.Element {
  const { model, session, connection, opened } = visit;
  const { brand } = opened.chatbot;
  const { texts } = language;
  useModel(model);
  const [status, setStatus] = useState(connection.status);
  useEffect(() => connection.onStatus(setStatus), [connection]);
  const [asking, setAsking] = useState<"end" | "delete" | "nothing">("nothing");
  const [showsFacts, setShowsFacts] = useState(false);
  const onRead = useCallback(() => session.markRead(), [session]);
  const visitor = useVisitor(visit);
  const extras = useExtras(visit, language);

  const isAgent = opened.role === "agent";
  const talk = model.state?.status;
  const isBusy = model.command !== undefined;
  const here = isAgent ? model.isPresent("visitor") : model.isPresent("team");
  const presence = texts[isAgent ? (here ? "visitorOnline" : "visitorAway") : here ? "online" : "away"];
  const visitorName = visitor?.lead.name ?? texts.visitor;
  const canEnd = talk === "open" || talk === "unassigned";
  const canHandBack = canEnd && opened.allowed?.handBack === true;
  const hint = talk === "ended" ? texts.endedHint : isAgent && talk === "unrequested" ? texts.aiAnswers : undefined;

  return (
    <main class="portal">
      <header class={`portal-header for-${opened.role}`}>
        <BrandMark name={brand.name} logoUrl={brand.logoUrl} />
        <div class="portal-header-names">
          <h1>
            <bdi>{isAgent ? visitorName : brand.name}</bdi>
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
          {canEnd && (
            <span class="portal-wide-only">
              <Button disabled={isBusy} onClick={() => setAsking("end")}>
                {texts.end}
              </Button>
            </span>
          )}
          {talk === "ended" && (
            <Button disabled={isBusy} onClick={() => session.command("reopen")}>
              {texts.reopen}
            </Button>
          )}
          {visitor !== undefined && (
            <span class="portal-facts-toggle">
              <Button kind="quiet" expanded={showsFacts} onClick={() => setShowsFacts(!showsFacts)}>
                {texts.details}
              </Button>
            </span>
          )}
        </div>
        {(canEnd || !isAgent) && (
          <PortalMenu label={texts.menu}>
            {canEnd && (
              <MenuItem disabled={isBusy} onChoose={() => setAsking("end")}>
                {texts.endConversation}
              </MenuItem>
            )}
            {canHandBack && (
              <MenuItem disabled={isBusy} onChoose={() => session.command("handBack")}>
                {texts.handBack}
              </MenuItem>
            )}
            {!isAgent && <YourData visit={visit} language={language} onDelete={() => setAsking("delete")} />}
          </PortalMenu>
        )}
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
              fallbackName={line.role === "agent" ? texts.team : visitorName}
              onRetry={(id) => session.retry(id)}
            >
              {extras?.body(line) ?? <MessageText text={line.text} />}
            </MessageLine>
          )}
          event={(entry) =>
            entry.kind === "status" ? (
              <StatusLine entry={entry} language={language}>
                {entry.text !== undefined && <MessageText text={entry.text} />}
              </StatusLine>
            ) : (
              agentSide !== undefined && <agentSide.Event entry={entry} language={language} />
            )
          }
          outro={extras?.outro()}
          intro={!model.synced && <p class="portal-hint">{texts.loading}</p>}
        >
          {asking === "end" ? (
            <ConfirmBar
              title={texts.endConversation}
              question={texts.endQuestion}
              action={texts.end}
              cancel={texts.cancel}
              onCancel={() => setAsking("nothing")}
              onConfirm={() => {
                setAsking("nothing");
                session.command("end");
              }}
            />
          ) : (
            hint !== undefined && <p class="portal-hint">{hint}</p>
          )}
          <Composer
            language={language}
            placeholder={
              texts[talk === "ended" ? "reopenPlaceholder" : isAgent ? "answerPlaceholder" : "replyPlaceholder"]
            }
            files={extras?.files}
            onDraft={(text) => extras?.typed(text)}
            onSend={(text) => session.say(text, extras?.takeFiles())}
          >
            {extras?.tools()}
          </Composer>
        </ConversationView>
        {visitor !== undefined && agentSide !== undefined && (
          <aside class={`portal-facts${showsFacts ? " is-open" : ""}`} aria-label={texts.details}>
            <agentSide.Facts visitor={visitor} language={language} />
          </aside>
        )}
      </div>
      {asking === "delete" && <DeleteYourData visit={visit} language={language} onClose={() => setAsking("nothing")} />}
    </main>
  );
}

/** What is known of the visitor, as it changes; undefined for the customer. */
function useVisitor({ opened, connection }: PortalVisit): PortalVisit["opened"]["visitor"] {
  const [visitor, setVisitor] = useState(opened.visitor);
  useEffect(
    () =>
      connection.onFrame((frame) => {
        if (frame.type !== "visitor" || frame.conversationId !== opened.conversationId) return;
        const { lead, verified } = frame;
        setVisitor((known) => known && { facts: known.facts, lead, ...(verified && { verified }) });
      }),
    [connection],
  );
  return visitor;
}
