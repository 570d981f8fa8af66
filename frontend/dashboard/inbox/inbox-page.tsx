import { useEffect, useMemo, useReducer, useState } from "preact/hooks";
import type { Api } from "../../shared/api.ts";
import { Icon } from "../../shared/icons.tsx";
import { navigate } from "../navigation.tsx";
import { Placeholder } from "../placeholder.tsx";
import { inboxHref } from "../routes.ts";
import { useText } from "../text.ts";
import { ConnectionBadge } from "./connection-badge.tsx";
import { ContextPane } from "./context-pane.tsx";
import { ConversationPane } from "./conversation-pane.tsx";
import { connectInbox, inboxParticipant } from "./inbox-connection.ts";
import { InboxFeed } from "./inbox-feed.ts";
import { InboxFilters } from "./inbox-filters.tsx";
import { InboxListView } from "./inbox-list-view.tsx";
import "./inbox-page.css";
import { type InboxQuery, momentsOf, readInboxQuery, writeInboxQuery } from "./inbox-query.ts";
import { OpenConversation } from "./open-conversation.ts";

interface InboxPageProps {
  readonly api: Api;
  readonly chatbotId: string;
  readonly chatbotName: string;
  readonly conversationId: string | undefined;
  readonly query: URLSearchParams;
}

/** Live chats: the list, the conversation and what is known of the visitor. Mounted once per chatbot. */
export function InboxPage({ api, chatbotId, chatbotName, conversationId, query: search }: InboxPageProps) {
  const { t } = useText();
  const query = useMemo(() => readInboxQuery(search), [search.toString()]);
  const [, draw] = useReducer((count: number) => count + 1, 0);
  const [ended, setEnded] = useState<string>();
  const [detailsShown, setDetailsShown] = useState(false);

  const connection = useMemo(() => connectInbox(api, chatbotId), [api, chatbotId]);
  // The feed follows the query by itself.
  const feed = useMemo(
    () =>
      new InboxFeed(query, {
        fetchPage: (wanted, cursor) =>
          api.call("listConversations", { path: { chatbotId }, query: askFor(wanted, cursor) }),
        onChange: () => draw(undefined),
      }),
    [api, chatbotId],
  );
  useEffect(() => {
    feed.start();
    const ends = [
      connection.onFrame((frame) => {
        feed.takeFrame(frame);
        if (frame.type === "closed") setEnded(frame.message);
      }),
      connection.onStatus((status) => {
        feed.setLive(status === "live");
        draw(undefined);
      }),
      connection.attach(inboxParticipant),
    ];
    connection.open();
    return () => {
      for (const end of ends) end();
      connection.close();
      feed.stop();
    };
  }, [feed, connection]);
  useEffect(() => feed.show(query), [feed, query]);

  const conversation = useOpenConversation(api, chatbotId, conversationId, connection, feed);
  useTitle(feed.unassigned, chatbotName);
  // Another conversation begins with its talk.
  useEffect(() => setDetailsShown(false), [conversationId]);

  const hrefOf = (id?: string): string => inboxHref(chatbotId, id, writeInboxQuery(query));
  const onQuery = (next: InboxQuery): void =>
    navigate(inboxHref(chatbotId, conversationId, writeInboxQuery(next)), { replace: true });
  const shown = conversation === undefined ? "list" : detailsShown ? "details" : "talk";

  return (
    <div class={`inbox inbox-shows-${shown}`}>
      {ended !== undefined && (
        <p class="notice notice-bad inbox-ended" role="alert">
          <strong>{t("accessEnded")}</strong> {ended}
        </p>
      )}
      <section class="inbox-side" aria-label={t("conversations")}>
        <header class="inbox-head">
          <h1 class="inbox-title">{t("liveChats")}</h1>
          <ConnectionBadge status={connection.status} />
        </header>
        <InboxFilters query={query} unassigned={feed.unassigned} onQuery={onQuery} />
        <InboxListView feed={feed} query={query} selected={conversationId} hrefOf={hrefOf} onQuery={onQuery} />
      </section>
      <main class="inbox-talk" id="main" tabIndex={-1}>
        {conversation === undefined ? (
          <div class="inbox-nothing">
            <Icon name="chat" size={40} />
            <Placeholder title={t("chooseConversation")} text={t("chooseConversationText")} />
          </div>
        ) : (
          <ConversationPane
            key={conversation.conversationId}
            conversation={conversation}
            row={feed.list.row(conversation.conversationId)}
            status={connection.status}
            backHref={hrefOf()}
            detailsShown={detailsShown}
            onDetails={() => setDetailsShown(!detailsShown)}
          />
        )}
      </main>
      {conversation !== undefined && (
        <ContextPane
          key={conversation.conversationId}
          api={api}
          chatbotId={chatbotId}
          conversation={conversation}
          onClose={() => setDetailsShown(false)}
        />
      )}
    </div>
  );
}

function useOpenConversation(
  api: Api,
  chatbotId: string,
  conversationId: string | undefined,
  channel: ReturnType<typeof connectInbox>,
  feed: InboxFeed,
): OpenConversation | undefined {
  const conversation = useMemo(
    () =>
      conversationId === undefined
        ? undefined
        : new OpenConversation({ api, channel, chatbotId, conversationId, serverNow: () => feed.serverNow() }),
    [api, channel, chatbotId, conversationId, feed],
  );
  useEffect(() => {
    void conversation?.open();
    return () => conversation?.close();
  }, [conversation]);
  return conversation;
}

/** The count of those who wait stands in the tab's title, where it is seen from another tab. */
function useTitle({ count, more }: InboxFeed["unassigned"], chatbotName: string): void {
  const { t } = useText();
  useEffect(() => {
    const waiting = count === 0 ? "" : `(${count}${more ? "+" : ""}) `;
    document.title = `${waiting}${t("liveChats")} · ${chatbotName}`;
  }, [count, more, t, chatbotName]);
}

function askFor(query: InboxQuery, cursor: string | undefined) {
  const { from, to } = momentsOf(query.range, Date.now());
  return {
    filter: query.filter,
    ongoing: query.ongoing ? ("true" as const) : ("false" as const),
    from: new Date(from).toISOString(),
    ...(to === undefined ? {} : { to: new Date(to).toISOString() }),
    ...(cursor === undefined ? {} : { cursor }),
  };
}
