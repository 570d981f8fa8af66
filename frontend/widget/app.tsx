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
import type { WidgetExtras } from "./extras/widget-extras.tsx";
import { humanOfferedUnder } from "./human-offer.ts";
import type { WidgetLanguage } from "./languages.ts";
import { PanelHeader, presenceOf } from "./panel-header.tsx";
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
  /** Undefined until they have arrived, which is a little later than the rest. */
  readonly alerts: Alerts | undefined;
  readonly extras: WidgetExtras | undefined;
  readonly onUnread: (count: number) => void;
  readonly onClose: () => void;
  readonly onNewConversation: (notice?: string) => void;
}

/** The open panel: one conversation from the greeting to the end, and again. */
export function App(props: AppProps): JSX.Element {
  const { chatbot, visit, store, language, isShown, alerts, extras, onUnread, onNewConversation } = props;
  const { liveChat } = chatbot;
  const { ask, required } = liveChat.leadForm;
  const { model } = visit;
  const { texts } = language;
  const [status, setStatus] = useState(visit.status);
  useModel(model);
  useEffect(() => visit.onStatus(() => setStatus(visit.status)), []);
  const unread = isShown ? 0 : model.unread;
  useEffect(() => onUnread(unread), [unread]);

  const { lead, keptLead, draft = "" } = store.read();
  const talk = model.state?.status;
  const isEmpty = model.entries.length + model.pending.length === 0;
  const asksFirst = liveChat.enabled && ask === "beforeChat" && isEmpty && lead === undefined && keptLead === undefined;
  const offeredUnder = humanOfferedUnder(liveChat, model.state, model.entries);
  const written = (text: string) => extras?.text(text) ?? <PlainText text={text} />;
  const isAsking = model.command?.command === "escalate";

  return (
    <div class="panel">
      <PanelHeader
        brand={chatbot.brand}
        presence={extras?.presence() ?? presenceOf(model, chatbot, texts)}
        texts={texts}
        menu={[
          ...(extras?.menu ?? []),
          !isEmpty && { label: texts.newConversation, onChoose: () => onNewConversation() },
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
      {model.closed !== undefined ? (
        extras?.closed(model.closed.code)
      ) : (
        <ConversationView
          model={model}
          language={language}
          status={status}
          isShown={isShown}
          onRead={() => visit.markRead()}
          message={(line) => (
            <>
              <MessageLine line={line} language={language} fallbackName={texts.team} onRetry={(id) => visit.retry(id)}>
                {extras?.body(line) ?? <PlainText text={line.text} />}
              </MessageLine>
              {line.entry !== undefined && line.entry.seq === offeredUnder && (
                <div class="human-offer">
                  {/* Asking for a person works also where the rest could not be loaded. */}
                  <Button onClick={() => (extras ?? visit).escalate()} disabled={isAsking}>
                    <Icon name="person" size={17} />
                    {isAsking ? texts.askingForPerson : liveChat.button.text}
                  </Button>
                </div>
              )}
            </>
          )}
          event={(entry) => (
            <StatusLine entry={entry} language={language}>
              {entry.kind === "status" && entry.text !== undefined && written(entry.text)}
              {entry.kind === "status" && extras?.waiting(entry)}
            </StatusLine>
          )}
          intro={
            <Welcome
              brand={chatbot.brand}
              greeting={written(chatbot.brand.greeting)}
              texts={texts}
              onAsk={isEmpty && !asksFirst ? (question) => visit.say(question) : undefined}
            />
          }
          outro={extras?.outro(asksFirst)}
        >
          {extras?.confirmation()}
          {(!asksFirst || required.length === 0) && (
            <Composer
              language={language}
              placeholder={
                talk === "ended"
                  ? texts.reopenPlaceholder
                  : talk === undefined || talk === "unrequested"
                    ? texts.messagePlaceholder
                    : texts.replyPlaceholder
              }
              focusKey={props.focusKey}
              draft={draft}
              onDraft={(draft) => {
                store.save({ draft });
                extras?.typed(draft);
              }}
              files={extras?.files}
              onSend={(text) => visit.say(text, extras?.takeFiles())}
            >
              {extras?.tools()}
            </Composer>
          )}
        </ConversationView>
      )}
    </div>
  );
}
