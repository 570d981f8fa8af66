import type { RefObject } from "preact";
import type { Tone } from "../alerts/tone.ts";
import type { Command } from "../keyboard/commands.ts";
import { useCommands } from "../keyboard/use-commands.ts";
import { navigate } from "../navigation.tsx";
import { inboxHref } from "../routes.ts";
import { useText } from "../text.ts";
import type { Desk } from "./desk.ts";
import type { InboxFeed } from "./list/inbox-feed.ts";
import { defaultQuery, filterTabs, type InboxQuery, writeInboxQuery } from "./list/inbox-query.ts";
import type { RowCursor } from "./list/row-list.tsx";
import { queryOfView, type SavedViews } from "./list/saved-views.ts";
import type { RecentConversations } from "./recent-conversations.ts";
import type { ComposerHandle } from "./talk/agent-composer.tsx";
import type { OpenConversation } from "./talk/open-conversation.ts";
import { visitorName } from "./visitor-name.ts";

interface InboxCommandsOptions {
  readonly chatbotId: string;
  readonly query: InboxQuery;
  readonly conversation: OpenConversation | undefined;
  readonly feed: InboxFeed;
  readonly views: SavedViews;
  readonly recent: RecentConversations;
  readonly tone: Tone;
  readonly desk: Desk;
  readonly rows: { readonly current: RowCursor | undefined };
  readonly composer: { readonly current: ComposerHandle | undefined };
  readonly searchField: RefObject<HTMLInputElement | null>;
  readonly hrefOf: (conversationId?: string) => string;
  readonly onQuery: (query: InboxQuery) => void;
  readonly onAssign: () => void;
  readonly onEnd: () => void;
  readonly onDetails: () => void;
  readonly onExport: () => void;
}

/** Everything that the inbox does by key or from the palette. */
export function useInboxCommands(options: InboxCommandsOptions): void {
  const { t } = useText();
  const { chatbotId, query, views, tone, rows, searchField, onQuery } = options;
  const list = t("conversations");
  const go = t("goTo");
  const showing = (change: Partial<InboxQuery>) => () => onQuery({ ...defaultQuery, ...change });
  const commands: readonly Command[] = [
    { id: "next", title: t("nextConversation"), group: list, keys: "j", quiet: true, run: () => rows.current?.move(1) },
    {
      id: "previous",
      title: t("previousConversation"),
      group: list,
      keys: "k",
      quiet: true,
      run: () => rows.current?.move(-1),
    },
    {
      id: "search",
      title: t("searchConversations"),
      group: list,
      keys: "/",
      otherKeys: ["Shift+/"],
      run: () => searchField.current?.focus(),
    },
    ...talkCommands(options, t),
    { id: "goInbox", title: t("liveChats"), group: go, keys: "g i", run: showing({}) },
    {
      id: "goUnassigned",
      title: t("filter_unassigned"),
      group: go,
      keys: "g u",
      run: showing({ filter: "unassigned" }),
    },
    { id: "goMine", title: t("holder_me"), group: go, keys: "g m", run: showing({ holder: "me" }) },
    ...filterTabs
      .filter((filter) => filter !== "unassigned" && filter !== defaultQuery.filter)
      .map((filter) => ({
        id: `filter-${filter}`,
        title: t(`filter_${filter}`),
        group: go,
        quiet: true,
        run: showing({ filter }),
      })),
    ...views.all().map((view) => ({
      id: `view-${view.id}`,
      title: view.name,
      group: t("savedViews"),
      run: () => navigate(inboxHref(chatbotId, undefined, writeInboxQuery(queryOfView(view)))),
    })),
    ...recentCommands(options, t),
    {
      id: "sound",
      title: tone.on ? t("switchSoundOff") : t("switchSoundOn"),
      group: t("settings"),
      quiet: true,
      run: () => {
        tone.on = !tone.on;
      },
    },
    { id: "export", title: t("exportList"), group: list, quiet: true, run: options.onExport },
    {
      id: "ongoing",
      title: t("ongoingOnly"),
      group: list,
      quiet: true,
      run: () => onQuery({ ...query, ongoing: !query.ongoing }),
    },
  ];
  useCommands("inbox", commands);
}

type Translate = ReturnType<typeof useText>["t"];

function talkCommands(options: InboxCommandsOptions, t: Translate): readonly Command[] {
  const { conversation, composer, desk, onAssign, onEnd, onDetails } = options;
  if (conversation === undefined) return [];
  const group = t("conversation");
  const { model, session, assignment } = conversation;
  const status = model.state?.status;
  const { me } = desk;
  const command = (id: string, title: string, keys: string | undefined, run: () => void): Command => ({
    id,
    title,
    group,
    run,
    ...(keys === undefined ? {} : { keys }),
  });
  return [
    command("reply", t("mode_reply"), "r", () => composer.current?.write("reply")),
    command("note", t("mode_note"), "n", () => composer.current?.write("note")),
    command("assign", t("assignTo"), "a", onAssign),
    ...(me === undefined || status === "unrequested"
      ? []
      : [
          command("assignMe", t("assignMe"), undefined, () =>
            assignment.give(me, options.feed.row(conversation.conversationId)?.assigneeId ?? null),
          ),
        ]),
    command("end", t("end"), "e", onEnd),
    ...(status === "unrequested" || status === "unassigned"
      ? [command("takeOver", t("takeOver"), "t", () => session.command("takeOver"))]
      : []),
    ...(status === "ended" ? [command("reopen", t("reopen"), undefined, () => session.command("reopen"))] : []),
    command("details", t("details"), "d", onDetails),
  ];
}

function recentCommands(
  { recent, feed, conversation, hrefOf }: InboxCommandsOptions,
  t: Translate,
): readonly Command[] {
  return recent
    .all()
    .filter((id) => id !== conversation?.conversationId)
    .map((id) => ({
      id: `recent-${id}`,
      title: visitorName(t, feed.row(id) ?? { conversationId: id }),
      group: t("recentConversations"),
      run: () => navigate(hrefOf(id)),
    }));
}
