import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { PublicChatbot } from "../../lambdas/contracts/settings.ts";
import { Button } from "../shared/button.tsx";
import { Composer } from "../shared/composer.tsx";
import { ConversationView } from "../shared/conversation-view.tsx";
import { Icon } from "../shared/icons.tsx";
import { MessageLine } from "../shared/message-line.tsx";
import { PlainText } from "../shared/plain-text.tsx";
import { StatusLine } from "../shared/status-line.tsx";
import { useModel } from "../shared/use-model.ts";
import type { Alerts } from "./alerts.ts";
import { humanOfferedUnder } from "./human-offer.ts";
import type { WidgetLanguage } from "./languages.ts";
import { LeadForm } from "./lead-form.tsx";
import { PanelHeader } from "./panel-header.tsx";
import { RichText } from "./rich-text.tsx";
import type { Visit } from "./visit.ts";
import type { VisitStore } from "./visit-store.ts";
import { Welcome } from "./welcome.tsx";
import "./app.css";

export interface AppProps {
  readonly chatbot: PublicChatbot;
  readonly visit: Visit;
  readonly store: VisitStore;
  readonly language: WidgetLanguage;
  readonly isShown: boolean;
  /** Changes whenever the panel was opened and the composer should be focused. */
  readonly focusKey: number | undefined;
  /** Undefined until it has arrived, which is a little later than the rest. */
  readonly alerts: Alerts | undefined;
  readonly onUnread: (count: number) => void;
  readonly onClose: () => void;
  readonly onNewConversation: () => void;
}

/** The open panel: one conversation from the greeting to the end, and again. */
export function App(props: AppProps): JSX.Element {
  const { chatbot, visit, store, language, isShown, alerts, onUnread, onNewConversation } = props;
  const { liveChat } = chatbot;
  const { ask, required } = liveChat.leadForm;
  const { model } = visit;
  const { texts } = language;
  const [status, setStatus] = useState(visit.status);
  const [asking, setAsking] = useState<"lead" | "end" | "nothing">("nothing");
  /** What came of the form just now. */
  const [outcome, setOutcome] = useState<"saved" | "skipped" | undefined>(undefined);
  useModel(model);
  useEffect(() => visit.onStatus(() => setStatus(visit.status)), []);
  const unread = isShown ? 0 : model.unread;
  useEffect(() => onUnread(unread), [unread]);

  const { lead: answer, keptLead, draft = "" } = store.read();
  const lead = keptLead === undefined ? answer : "saved";
  const talk = model.state?.status;
  const isEmpty = model.entries.length + model.pending.length === 0;
  const withHuman = talk === "unassigned" || talk === "open";
  const asksFirst = liveChat.enabled && ask === "beforeChat" && isEmpty && lead === undefined;
  const asksLead = asksFirst || (withHuman && lead === undefined && ask !== "never") || asking === "lead";
  // Who leaves a name before asking for a person has it in the team's mail and ticket.
  const canLeaveLead = liveChat.enabled && talk !== undefined && talk !== "ended" && lead !== "saved";
  const offeredUnder = humanOfferedUnder(liveChat, model.state, model.entries);
  const isAsking = model.command?.command === "escalate";

  return (
    <div class="panel">
      <PanelHeader
        chatbot={chatbot}
        model={model}
        texts={texts}
        menu={[
          canLeaveLead && { label: texts.leadTitle, onChoose: () => setAsking("lead") },
          withHuman && { label: texts.endConversation, onChoose: () => setAsking("end") },
          !isEmpty && { label: texts.newConversation, onChoose: onNewConversation },
          ...(["sound", "notification"] as const).map(
            (alert) =>
              alerts !== undefined && {
                label: texts[alert],
                isOn: alerts.isOn(alert),
                onChoose: () => alerts.toggle(alert),
              },
          ),
        ]}
        onClose={props.onClose}
      />
      <ConversationView
        model={model}
        language={language}
        status={status}
        isShown={isShown}
        onRead={() => visit.markRead()}
        message={(line) => (
          <>
            <MessageLine line={line} language={language} fallbackName={texts.team} onRetry={(id) => visit.retry(id)}>
              {line.own ? <PlainText text={line.text} /> : <RichText text={line.text} />}
            </MessageLine>
            {line.entry !== undefined && line.entry.seq === offeredUnder && (
              <div class="human-offer">
                <Button onClick={() => visit.command("escalate")} disabled={isAsking}>
                  <Icon name="person" size={17} />
                  {isAsking ? texts.askingForPerson : liveChat.button.text}
                </Button>
              </div>
            )}
          </>
        )}
        event={(entry) => (
          <StatusLine entry={entry} language={language}>
            {entry.kind === "status" && entry.text !== undefined && <RichText text={entry.text} />}
          </StatusLine>
        )}
        intro={
          <Welcome
            brand={chatbot.brand}
            texts={texts}
            onAsk={isEmpty && !asksFirst ? (question) => visit.say(question) : undefined}
          />
        }
        outro={
          <>
            {asksLead && (
              <LeadForm
                texts={texts}
                required={required}
                onSave={async (typed) => {
                  await visit.saveLead(typed);
                  setOutcome("saved");
                  setAsking("nothing");
                }}
                onSkip={() => {
                  store.save({ lead: "skipped" });
                  setOutcome("skipped");
                  setAsking("nothing");
                }}
              />
            )}
            {outcome === "saved" && talk !== "open" && (
              <p class="panel-end" role="status">
                {texts.leadSaved}
              </p>
            )}
            {talk === "ended" && (
              <div class="panel-end">
                <Button onClick={onNewConversation}>{texts.newConversation}</Button>
              </div>
            )}
          </>
        }
      >
        {asking === "end" && (
          <div class="panel-confirm" role="alertdialog" aria-label={texts.endConversation}>
            <p>{texts.endQuestion}</p>
            <div>
              <Button kind="quiet" onClick={() => setAsking("nothing")}>
                {texts.cancel}
              </Button>
              <Button
                kind="danger"
                onClick={() => {
                  setAsking("nothing");
                  visit.command("end");
                }}
              >
                {texts.end}
              </Button>
            </div>
          </div>
        )}
        {(!asksFirst || required.length === 0) && (
          <Composer
            language={language}
            placeholder={
              talk === "ended" ? texts.reopenPlaceholder : withHuman ? texts.replyPlaceholder : texts.messagePlaceholder
            }
            focusKey={props.focusKey}
            draft={draft}
            onDraft={(draft) => store.save({ draft })}
            onSend={(text) => visit.say(text)}
          />
        )}
      </ConversationView>
    </div>
  );
}
