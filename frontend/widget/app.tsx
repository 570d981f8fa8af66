import type { JSX } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import type { Entry } from "../../lambdas/contracts/protocol.ts";
import type { PublicChatbot } from "../../lambdas/contracts/settings.ts";
import { Button } from "../shared/button.tsx";
import type { ConnectionStatus } from "../shared/connection.ts";
import { ConversationView } from "../shared/conversation-view.tsx";
import type { Language } from "../shared/i18n.ts";
import { Icon } from "../shared/icons.tsx";
import { useModel } from "../shared/use-model.ts";
import { humanOfferedUnder } from "./human-offer.ts";
import { LeadForm } from "./lead-form.tsx";
import { type MenuItem, PanelHeader } from "./panel-header.tsx";
import type { Visit } from "./visit.ts";
import type { VisitStore } from "./visit-store.ts";
import { Welcome } from "./welcome.tsx";
import "./app.css";

export interface AppProps {
  readonly chatbot: PublicChatbot;
  readonly visit: Visit;
  readonly store: VisitStore;
  readonly language: Language;
  readonly isShown: boolean;
  /** Changes whenever the panel was opened and the composer should be focused. */
  readonly focusKey?: number;
  readonly onUnread: (count: number) => void;
  readonly onClose: () => void;
  readonly onNewConversation: () => void;
}

/** The open panel: one conversation from the greeting to the end, and again. */
export function App(props: AppProps): JSX.Element {
  const { chatbot, visit, store, language, isShown, onUnread } = props;
  const { model } = visit;
  const { t } = language;
  useModel(model);
  const status = useStatus(visit);
  const [confirmsEnd, setConfirmsEnd] = useState(false);
  const [lead, setLead] = useState(store.read().lead);
  const [justSaved, setJustSaved] = useState(false);
  const [wantsLeadForm, setWantsLeadForm] = useState(false);
  const onRead = useCallback(() => visit.markRead(), [visit]);

  const unread = isShown ? 0 : model.unread;
  useEffect(() => onUnread(unread), [unread, onUnread]);

  const talk = model.state?.status;
  const isEmpty = model.entries.length === 0 && model.pending.length === 0;
  const canEnd = talk === "unassigned" || talk === "open";
  // Who leaves a name before asking for a person has it in the team's mail and ticket.
  const canLeaveLead = chatbot.liveChat.enabled && talk !== undefined && talk !== "ended" && lead !== "saved";
  const menu: readonly MenuItem[] = [
    ...(canLeaveLead ? [{ label: t("leadTitle"), onChoose: () => setWantsLeadForm(true) }] : []),
    ...(canEnd ? [{ label: t("endConversation"), onChoose: () => setConfirmsEnd(true) }] : []),
    ...(isEmpty ? [] : [{ label: t("newConversation"), onChoose: props.onNewConversation }]),
  ];
  const offeredUnder = humanOfferedUnder(chatbot.liveChat, model.state, model.entries);
  const isAsking = model.command?.command === "escalate";
  const under = (entry: Entry) =>
    entry.seq === offeredUnder && (
      <div class="human-offer">
        <Button onClick={() => visit.escalate()} disabled={isAsking}>
          <Icon name="person" size={17} />
          {isAsking ? t("askingForPerson") : chatbot.liveChat.button.text}
        </Button>
      </div>
    );

  return (
    <div class="panel">
      <PanelHeader chatbot={chatbot} model={model} language={language} menu={menu} onClose={props.onClose} />
      <ConversationView
        model={model}
        language={language}
        status={status}
        placeholder={t(talk === "ended" ? "reopenPlaceholder" : canEnd ? "replyPlaceholder" : "messagePlaceholder")}
        isShown={isShown}
        {...(props.focusKey === undefined ? {} : { focusKey: props.focusKey })}
        draft={store.read().draft ?? ""}
        onDraft={(draft) => store.save({ draft })}
        onSend={(text) => visit.say(text)}
        onRetry={(id) => visit.retry(id)}
        onRead={onRead}
        intro={<Welcome chatbot={chatbot} language={language} isEmpty={isEmpty} onAsk={(text) => visit.say(text)} />}
        under={under}
        outro={
          <>
            {((canEnd && lead === undefined) || (canLeaveLead && wantsLeadForm)) && (
              <LeadForm
                language={language}
                onSave={async (typed) => {
                  await visit.saveLead(typed);
                  setLead("saved");
                  setWantsLeadForm(false);
                  setJustSaved(true);
                }}
                onSkip={() => {
                  store.save({ lead: "skipped" });
                  setLead("skipped");
                  setWantsLeadForm(false);
                }}
              />
            )}
            {justSaved && (talk === "unassigned" || talk === "unrequested") && (
              <p class="lead-form-saved" role="status">
                {t("leadSaved")}
              </p>
            )}
            {talk === "ended" && (
              <div class="panel-ended">
                <Button onClick={props.onNewConversation}>{t("newConversation")}</Button>
              </div>
            )}
          </>
        }
        notice={
          confirmsEnd &&
          canEnd && (
            <ConfirmEnd
              language={language}
              onEnd={() => {
                setConfirmsEnd(false);
                visit.end();
              }}
              onCancel={() => setConfirmsEnd(false)}
            />
          )
        }
      />
    </div>
  );
}

function ConfirmEnd(props: {
  readonly language: Language;
  readonly onEnd: () => void;
  readonly onCancel: () => void;
}): JSX.Element {
  const { t } = props.language;
  return (
    <div class="panel-confirm" role="alertdialog" aria-label={t("endConversation")}>
      <p>{t("endQuestion")}</p>
      <Button kind="quiet" onClick={props.onCancel}>
        {t("cancel")}
      </Button>
      <Button kind="danger" onClick={props.onEnd}>
        {t("end")}
      </Button>
    </div>
  );
}

function useStatus(visit: Visit): ConnectionStatus | undefined {
  const [status, setStatus] = useState(visit.status);
  useEffect(() => {
    setStatus(visit.status);
    return visit.onStatus(() => setStatus(visit.status));
  }, [visit]);
  return status;
}
