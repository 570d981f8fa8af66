import type { JSX } from "preact";
import { useCallback, useEffect, useMemo, useRef } from "preact/hooks";
import type { InboxRow } from "../../../../lambdas/contracts/protocol.ts";
import type { Api } from "../../../shared/api.ts";
import type { ConnectionStatus } from "../../../shared/connection.ts";
import { ConversationView } from "../../../shared/conversation-view.tsx";
import { useModel } from "../../../shared/use-model.ts";
import { Placeholder } from "../../placeholder.tsx";
import { settingsHref } from "../../routes.ts";
import { useText } from "../../text.ts";
import { useChanges } from "../../use-changes.ts";
import type { Desk } from "../desk.ts";
import { visitorName } from "../visitor-name.ts";
import { AgentComposer, type ComposerHandle } from "./agent-composer.tsx";
import "./conversation-pane.css";
import { Drafts } from "./drafts.ts";
import type { OpenConversation } from "./open-conversation.ts";
import { type HeaderKeys, TalkHeader } from "./talk-header.tsx";
import { EventLine, NoteLine, TalkLine } from "./talk-line.tsx";
import { ClaimNotice, useLostTakeOver, WritersLine } from "./talk-notices.tsx";

export interface ConversationPaneProps {
  readonly api: Api;
  readonly conversation: OpenConversation;
  readonly desk: Desk;
  /** What the list knows of it, which may be newer than what was read. */
  readonly row: InboxRow | undefined;
  readonly status: ConnectionStatus;
  /** The list without a conversation, for the phone. */
  readonly backHref: string;
  readonly keys: HeaderKeys;
  readonly composer: { current: ComposerHandle | undefined };
  readonly detailsShown: boolean;
  readonly onDetails: () => void;
  /** The keyboard leaves the composer. */
  readonly onLeave: () => void;
}

/** The talk itself: who it is with, what can be done, and the messages. */
export function ConversationPane(props: ConversationPaneProps): JSX.Element {
  const { t } = useText();
  const { conversation } = props;
  useChanges(conversation);
  useChanges(props.desk);

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

function Talk(props: ConversationPaneProps): JSX.Element {
  const { api, conversation, desk, status } = props;
  const { t, language } = useText();
  const { model, session, conversationId, notes, uploads, typing } = conversation;
  useModel(model);
  useLostTakeOver(conversation, desk.myName);
  const drafts = useMemo(() => new Drafts(localStorage), []);

  const standing = model.state?.status ?? "unrequested";
  const displayName = displayNameOf(props);
  const name = visitorName(t, { conversationId, ...(displayName === undefined ? {} : { displayName }) });
  const onRead = useCallback(() => session.markRead(), [session]);
  const readFile = useCallback(
    (fileId: string) => api.call("readFileAsAgent", { path: { ...conversation.path, fileId } }),
    [api, conversation],
  );
  const placeholder = language.t(standing === "ended" ? "reopenPlaceholder" : "answerPlaceholder");
  return (
    <>
      <TalkHeader {...props} name={name} anonymous={displayName === undefined} assigneeId={assigneeIdOf(props)} />
      {standing === "unrequested" && <p class="talk-note">{t("takeOverNote")}</p>}
      <ConversationView
        key={conversationId}
        model={model}
        language={language}
        status={status}
        onRead={onRead}
        message={(line) => (
          <TalkLine
            line={line}
            myName={desk.myName}
            visitorName={displayName}
            readFile={readFile}
            onRetry={(id) => session.retry(id)}
          />
        )}
        event={(entry) => <EventLine entry={entry} />}
        intro={model.hasOlder && <OlderPages onWanted={() => void conversation.loadOlder()} />}
        outro={notes.pending.map((note) => <NoteLine key={note.id} note={note} onRetry={() => notes.retry(note.id)} />)}
      >
        <ClaimNotice conversation={conversation} />
        <WritersLine writers={conversation.writers.all} visitorName={name} />
        <AgentComposer
          draft={drafts.read(conversationId)}
          placeholder={placeholder}
          replies={desk.replies}
          names={{ name: displayName, agent: desk.myName }}
          uploads={desk.allowed.attachments ? uploads : undefined}
          handle={props.composer}
          onDraft={(draft) => drafts.keep(conversationId, draft)}
          onTyping={() => typing.typed()}
          onSend={(text) => {
            session.say(text, uploads.attachments);
            uploads.clear();
            typing.sent();
          }}
          onNote={(text) => notes.write(text)}
          repliesHref={settingsHref(conversation.path.chatbotId, "replies")}
          onLeave={props.onLeave}
        />
      </ConversationView>
    </>
  );
}

/** What the visitor said that they are called. */
function displayNameOf({ conversation, row }: Pick<ConversationPaneProps, "conversation" | "row">): string | undefined {
  return row?.displayName ?? conversation.details?.row.displayName;
}

/** Whose the conversation is: a state bears the name alone, so the newest that names it counts. */
function assigneeIdOf({ conversation, row, desk }: ConversationPaneProps): string | undefined {
  const name = conversation.model.state?.assignee;
  if (name === undefined) return undefined;
  const told = [row, conversation.details?.row].find(
    (each) => each?.assignee === name && each.assigneeId !== undefined,
  );
  return told?.assigneeId ?? desk.team.find((member) => member.name === name)?.agentId;
}

/** Loads older messages as soon as the beginning is scrolled into sight; the button does the same by keyboard. */
function OlderPages({ onWanted }: { readonly onWanted: () => void }): JSX.Element {
  const { language } = useText();
  const button = useRef<HTMLButtonElement>(null);
  const wanted = useRef(onWanted);
  wanted.current = onWanted;
  useEffect(() => {
    if (button.current === null) return;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) wanted.current();
    });
    observer.observe(button.current);
    return () => observer.disconnect();
  }, []);
  return (
    <button type="button" ref={button} class="talk-older" onClick={onWanted}>
      {language.t("olderMessages")}
    </button>
  );
}

function PaneSkeleton(): JSX.Element {
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
