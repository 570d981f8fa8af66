import type { ComponentChildren, JSX } from "preact";
import type { Entry } from "../../lambdas/contracts/protocol.ts";
import { Composer } from "./composer.tsx";
import type { ConnectionStatus } from "./connection.ts";
import type { ConversationModel } from "./conversation-model.ts";
import type { Language } from "./i18n.ts";
import { MessageList } from "./message-list.tsx";
import { useModel } from "./use-model.ts";
import "./conversation-view.css";

export interface ConversationViewProps {
  readonly model: ConversationModel;
  readonly language: Language;
  /** Undefined while there is nothing to be connected to. */
  readonly status: ConnectionStatus | undefined;
  readonly placeholder: string;
  readonly onSend: (text: string) => void;
  readonly onRetry: (id: string) => void;
  /** The newest entry is in sight. Must keep its identity between draws. */
  readonly onRead: () => void;
  /** What the visitor is called where that is known. */
  readonly visitorName?: string | undefined;
  /** False while the view is on the page but nobody can see it. @default true */
  readonly isShown?: boolean;
  readonly onOlder?: () => void;
  readonly intro?: ComponentChildren;
  readonly under?: (entry: Entry) => ComponentChildren;
  readonly outro?: ComponentChildren;
  /** Between the messages and the composer. */
  readonly notice?: ComponentChildren;
  readonly draft?: string;
  readonly onDraft?: (text: string) => void;
  /** Changes when the composer should be focused. */
  readonly focusKey?: number;
}

/** Messages and composer, for the widget, the portals and the dashboard. Fills its flex parent. */
export function ConversationView(props: ConversationViewProps): JSX.Element {
  const { model, language, status } = props;
  useModel(model);
  const { t } = language;
  const canSend = status === undefined || status === "live" || status === "polling";
  return (
    <div class="conversation-view">
      {status === "offline" && (
        <p class="conversation-view-banner" role="status">
          {t("noConnection")}
        </p>
      )}
      {status === "connecting" && model.synced && (
        <p class="conversation-view-banner is-quiet" role="status">
          {t("connecting")}
        </p>
      )}
      <MessageList
        model={model}
        language={language}
        canSend={canSend}
        visitorName={props.visitorName}
        isShown={props.isShown ?? true}
        onRetry={props.onRetry}
        onRead={props.onRead}
        onOlder={props.onOlder}
        intro={props.intro}
        under={props.under}
        outro={props.outro}
      />
      {model.refusal !== undefined && (
        <p class="conversation-view-refusal" role="alert">
          {model.refusal}
        </p>
      )}
      {props.notice}
      <Composer
        language={language}
        placeholder={props.placeholder}
        onSend={props.onSend}
        draft={props.draft ?? ""}
        onDraft={props.onDraft}
        focusKey={props.focusKey}
      />
    </div>
  );
}
