import type { JSX } from "preact";
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from "preact/hooks";
import type { Api } from "../../shared/api.ts";
import { NewsWatch } from "../alerts/news.ts";
import { useTabMark } from "../alerts/tab-mark.ts";
import { Tone } from "../alerts/tone.ts";
import { Glyph } from "../glyph.tsx";
import { navigate } from "../navigation.tsx";
import { Placeholder } from "../placeholder.tsx";
import { inboxHref } from "../routes.ts";
import { useText } from "../text.ts";
import { useChanges } from "../use-changes.ts";
import { ContextPane } from "./context/context-pane.tsx";
import { Desk } from "./desk.ts";
import { ExportDialog } from "./export/export-dialog.tsx";
import { connectInbox, inboxParticipant } from "./inbox-connection.ts";
import "./inbox-page.css";
import { InboxSide } from "./inbox-side.tsx";
import { InboxFeed } from "./list/inbox-feed.ts";
import { type InboxQuery, questionOf, readInboxQuery, writeInboxQuery } from "./list/inbox-query.ts";
import type { RowCursor } from "./list/row-list.tsx";
import { SavedViews } from "./list/saved-views.ts";
import { RecentConversations } from "./recent-conversations.ts";
import type { ComposerHandle } from "./talk/agent-composer.tsx";
import { ConversationPane } from "./talk/conversation-pane.tsx";
import { OpenConversation } from "./talk/open-conversation.ts";
import { loadMarkdown } from "./talk/rich-text.tsx";
import { useInboxCommands } from "./use-inbox-commands.ts";
import { visitorName } from "./visitor-name.ts";

interface InboxPageProps {
  readonly api: Api;
  readonly chatbotId: string;
  readonly chatbotName: string;
  /** Id of the agent who is logged in. */
  readonly me: string | undefined;
  readonly conversationId: string | undefined;
  readonly query: URLSearchParams;
}

const detailsKey = "dashboard:details";

/** Live chats: the list, the conversation and what is known of the visitor. Mounted once per chatbot. */
export function InboxPage(props: InboxPageProps): JSX.Element {
  const { api, chatbotId, chatbotName, me, conversationId, query: search } = props;
  const { t } = useText();
  const query = useMemo(() => readInboxQuery(search), [search.toString()]);
  const [, draw] = useReducer((count: number) => count + 1, 0);
  const [ended, setEnded] = useState<string>();
  const [announcement, setAnnouncement] = useState("");
  const [drawer, setDrawer] = useState(false);
  const [detailsHidden, setDetailsHidden] = useState(() => localStorage.getItem(detailsKey) === "hidden");
  const [keys, setKeys] = useState({ assign: 0, end: 0 });
  const [exporting, setExporting] = useState(false);

  const connection = useMemo(() => connectInbox(api, chatbotId), [api, chatbotId]);
  const desk = useMemo(() => new Desk(api, chatbotId, me), [api, chatbotId, me]);
  // The feed follows the query by itself.
  const feed = useMemo(
    () =>
      new InboxFeed(query, {
        fetchPage: (wanted, cursor) =>
          api.call("listConversations", {
            path: { chatbotId },
            query: { ...questionOf(wanted, Date.now()), limit: rowsPerPage, cursor },
          }),
        me,
      }),
    [api, chatbotId, me],
  );
  const views = useMemo(() => new SavedViews(chatbotId, localStorage), [chatbotId]);
  const recent = useMemo(() => new RecentConversations(chatbotId, sessionStorage), [chatbotId]);
  const tone = useMemo(() => new Tone(localStorage), []);
  const rows = useRef<RowCursor>(undefined);
  const composer = useRef<ComposerHandle>(undefined);
  const searchField = useRef<HTMLInputElement>(null);
  const talk = useRef<HTMLElement>(null);
  const open = useRef(conversationId);
  open.current = conversationId;

  useEffect(() => {
    const news = new NewsWatch();
    const ends = [
      connection.onFrame((frame) => {
        feed.takeFrame(frame);
        if (frame.type === "closed") setEnded(frame.message);
        const told = news.take(frame);
        if (told === undefined) return;
        // What is said in the open conversation is heard there, if somebody looks.
        const isSeen = told.kind === "message" && told.conversationId === open.current;
        if (!isSeen || document.visibilityState === "hidden") tone.play();
        if (told.kind === "escalated") setAnnouncement(t("announceEscalated", { name: visitorName(t, told.row) }));
      }),
      connection.onStatus((status) => {
        feed.setLive(status === "live");
        draw(undefined);
      }),
      connection.attach(inboxParticipant),
    ];
    connection.open();
    feed.start();
    desk.start();
    void loadMarkdown();
    return () => {
      for (const end of ends) end();
      connection.close();
      feed.stop();
      desk.stop();
    };
  }, [feed, connection, desk, tone, t]);
  useEffect(() => feed.show(query), [feed, query]);

  const conversation = useOpenConversation(api, chatbotId, conversationId, connection, feed);
  // Another conversation begins with its talk.
  useEffect(() => setDrawer(false), [conversationId]);
  useEffect(() => {
    if (conversationId !== undefined) recent.opened(conversationId);
  }, [recent, conversationId]);

  const hrefOf = (id?: string): string => inboxHref(chatbotId, id, writeInboxQuery(query));
  const onQuery = (next: InboxQuery): void =>
    navigate(inboxHref(chatbotId, conversationId, writeInboxQuery(next)), { replace: true });
  const shown = conversation === undefined ? "list" : drawer ? "details" : "talk";
  const toggleDetails = useCallback(() => {
    if (matchMedia(narrow).matches) setDrawer((is) => !is);
    else {
      setDetailsHidden((is) => {
        localStorage.setItem(detailsKey, is ? "shown" : "hidden");
        return !is;
      });
    }
  }, []);
  const detailsShown = drawer || (!detailsHidden && !matchMedia(narrow).matches);

  useInboxCommands({
    chatbotId,
    query,
    conversation,
    feed,
    views,
    recent,
    tone,
    desk,
    rows,
    composer,
    searchField,
    hrefOf,
    onQuery,
    onAssign: () => setKeys({ ...keys, assign: keys.assign + 1 }),
    onEnd: () => setKeys({ ...keys, end: keys.end + 1 }),
    onDetails: toggleDetails,
    onExport: () => setExporting(true),
  });
  return (
    <div class={`inbox inbox-shows-${shown}${detailsHidden ? " inbox-hides-details" : ""}`}>
      <TabMark feed={feed} title={`${t("liveChats")} · ${chatbotName}`} />
      <p class="visually-hidden" role="status">
        {announcement}
      </p>
      {ended !== undefined && (
        <p class="notice notice-bad inbox-ended" role="alert">
          <strong>{t("accessEnded")}</strong> {ended}
        </p>
      )}
      <InboxSide
        api={api}
        chatbotId={chatbotId}
        feed={feed}
        query={query}
        me={me}
        views={views}
        tone={tone}
        status={connection.status}
        selected={conversationId}
        rows={rows}
        searchField={searchField}
        hrefOf={hrefOf}
        onQuery={onQuery}
        onExport={() => setExporting(true)}
      />
      <main class="inbox-talk" id="main" tabIndex={-1} ref={talk}>
        {conversation === undefined ? (
          <div class="inbox-nothing">
            <Glyph name="chat" size={36} />
            <Placeholder title={t("chooseConversation")} text={t("chooseConversationText")} />
          </div>
        ) : (
          <ConversationPane
            key={conversation.conversationId}
            api={api}
            conversation={conversation}
            desk={desk}
            row={feed.row(conversation.conversationId)}
            status={connection.status}
            backHref={hrefOf()}
            keys={keys}
            composer={composer}
            detailsShown={detailsShown}
            onDetails={toggleDetails}
            onLeave={() => (rows.current === undefined ? talk.current?.focus() : rows.current.focus())}
          />
        )}
      </main>
      {conversation !== undefined && (
        <ContextPane
          key={conversation.conversationId}
          api={api}
          chatbotId={chatbotId}
          conversation={conversation}
          hrefOf={hrefOf}
          drawer={drawer}
          onClose={() => setDrawer(false)}
        />
      )}
      {exporting && (
        <ExportDialog api={api} chatbotId={chatbotId} query={query} me={me} onClose={() => setExporting(false)} />
      )}
    </div>
  );
}

/** Rows of one request: the API's limit. */
const rowsPerPage = 50;

/** Where the context covers the talk instead of standing beside it; as in inbox-page.css. */
const narrow = "(max-width: 68.74rem)";

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

/** Draws itself alone when the number of those who wait changes. */
function TabMark({ feed, title }: { readonly feed: InboxFeed; readonly title: string }): null {
  useChanges(feed);
  const { count, more } = feed.unassigned;
  useTabMark(title, count, more);
  return null;
}
