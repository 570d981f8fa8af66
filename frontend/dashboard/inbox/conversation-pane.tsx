import { useCallback, useEffect, useReducer, useRef } from "preact/hooks";
import type { InboxRow } from "../../../lambdas/contracts/protocol.ts";
import type { ConnectionStatus } from "../../shared/connection.ts";
import { ConversationView } from "../../shared/conversation-view.tsx";
import { Icon } from "../../shared/icons.tsx";
import { useModel } from "../../shared/use-model.ts";
import { ConfirmButton } from "../confirm-button.tsx";
import { Link } from "../navigation.tsx";
import { Placeholder } from "../placeholder.tsx";
import { useText } from "../text.ts";
import { Avatar } from "./avatar.tsx";
import "./conversation-pane.css";
import { keepDraft, readDraft } from "./kept-messages.ts";
import type { OpenConversation } from "./open-conversation.ts";
import { StatusBadge } from "./status-badge.tsx";
import { visitorName } from "./visitor-name.ts";

interface ConversationPaneProps {
  readonly conversation: OpenConversation;
  /** What the list knows of it, which may be newer than what was read. */
  readonly row: InboxRow | undefined;
  readonly status: ConnectionStatus;
  /** The list without a conversation, for the phone. */
  readonly backHref: string;
  readonly detailsShown: boolean;
  readonly onDetails: () => void;
}

/** The talk itself: who it is with, what can be done, and the messages. */
export function ConversationPane(props: ConversationPaneProps) {
  const { t } = useText();
  const { conversation } = props;
  const [, draw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => conversation.subscribe(() => draw(undefined)), [conversation]);

  const { opening } = conversation;
  if (opening === "loading") return <PaneSkeleton />;
  if (opening === "missing") {
    return <Placeholder title={t("conversationMissing")} text={t("conversationMissingText")} />;
  }
  if (opening !== "ready") {
    return (
      <Placeholder title={t("conversationFailed")} text={opening.failed}>
        <button type="button" class="button button-plain" onClick={() => void conversation.open()}>
          {t("tryAgain")}
        </button>
      </Placeholder>
    );
  }
  return <Talk {...props} />;
}

function Talk(props: ConversationPaneProps) {
  const { conversation, status } = props;
  const { t, language } = useText();
  const { model, session, conversationId } = conversation;
  useModel(model);
  const standing = model.state?.status ?? "unrequested";
  const onRead = useCallback(() => session.markRead(), [session]);
  const placeholder = language.t(standing === "ended" ? "reopenPlaceholder" : "answerPlaceholder");
  return (
    <>
      <TalkHeader {...props} />
      {standing === "unrequested" && <p class="talk-note">{t("takeOverNote")}</p>}
      <ConversationView
        key={conversationId}
        model={model}
        visitorName={displayNameOf(props)}
        language={language}
        status={status}
        placeholder={placeholder}
        onSend={(text) => session.say(text)}
        onRetry={(id) => session.retry(id)}
        onRead={onRead}
        onOlder={() => void conversation.loadOlder()}
        intro={<OlderSentinel hasOlder={model.hasOlder} onSeen={() => void conversation.loadOlder()} />}
        draft={readDraft(conversationId)}
        onDraft={(text) => keepDraft(conversationId, text)}
      />
    </>
  );
}

/** What the visitor said that they are called. */
function displayNameOf({ conversation, row }: Pick<ConversationPaneProps, "conversation" | "row">): string | undefined {
  return row?.displayName ?? conversation.details?.row.displayName;
}

function TalkHeader({ conversation, row, backHref, detailsShown, onDetails }: ConversationPaneProps) {
  const { t } = useText();
  const { model, session, conversationId } = conversation;
  const state = model.state;
  if (state === undefined) return null;
  const displayName = displayNameOf({ conversation, row });
  const name = visitorName(t, { conversationId, ...(displayName === undefined ? {} : { displayName }) });
  const online = model.isPresent("visitor");
  const busy = model.command !== undefined;
  return (
    <header class="talk-header">
      <Link class="button button-quiet button-icon talk-back" href={backHref} aria-label={t("back")}>
        <span class="talk-back-arrow" aria-hidden="true">
          ‹
        </span>
      </Link>
      <Avatar name={name} anonymous={displayName === undefined} online={online} />
      <div class="talk-who">
        <h2 class="talk-name" dir="auto">
          {name}
        </h2>
        <p class="talk-standing">
          <StatusBadge status={state.status} />
          <span class={online ? "talk-online" : ""}>{online ? t("online") : t("offline")}</span>
          {state.assignee !== undefined && state.status === "open" && (
            <span class="talk-assignee">{t("assignedTo", { name: state.assignee })}</span>
          )}
        </p>
      </div>
      <div class="talk-actions">
        {(state.status === "unrequested" || state.status === "unassigned") && (
          <button
            type="button"
            class="button button-primary"
            disabled={busy}
            onClick={() => session.command("takeOver")}
          >
            {t("takeOver")}
          </button>
        )}
        {state.status === "ended" && (
          <button type="button" class="button button-plain" disabled={busy} onClick={() => session.command("reopen")}>
            {t("reopen")}
          </button>
        )}
        {(state.status === "open" || state.status === "unassigned") && (
          <ConfirmButton
            class="button button-plain"
            question={t("endConfirm")}
            confirmLabel={t("end")}
            disabled={busy}
            onConfirm={() => session.command("end")}
          >
            {t("end")}
          </ConfirmButton>
        )}
        <button
          type="button"
          class="button button-quiet button-icon talk-details"
          aria-label={t("details")}
          aria-expanded={detailsShown}
          title={t("details")}
          onClick={onDetails}
        >
          <Icon name="person" />
        </button>
      </div>
    </header>
  );
}

/** Loads older messages as soon as the beginning is scrolled into sight; the button does the same by keyboard. */
function OlderSentinel({ hasOlder, onSeen }: { readonly hasOlder: boolean; readonly onSeen: () => void }) {
  const mark = useRef<HTMLSpanElement>(null);
  const seen = useRef(onSeen);
  seen.current = onSeen;
  useEffect(() => {
    if (mark.current === null || !hasOlder) return;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) seen.current();
    });
    observer.observe(mark.current);
    return () => observer.disconnect();
  }, [hasOlder]);
  return <span ref={mark} class="talk-sentinel" />;
}

function PaneSkeleton() {
  const { t } = useText();
  return (
    <div class="pane-skeleton" aria-busy="true">
      <span class="visually-hidden" role="status">
        {t("loading")}
      </span>
      <div class="talk-header" aria-hidden="true">
        <span class="bone bone-avatar" />
        <span class="bone bone-title" />
      </div>
      <div class="pane-skeleton-lines" aria-hidden="true">
        <span class="bone bone-message" />
        <span class="bone bone-message bone-own" />
        <span class="bone bone-message" />
      </div>
    </div>
  );
}
