import type { ComponentChildren, JSX } from "preact";
import { renderToString } from "preact-render-to-string";
import type {
  ConversationState,
  Entry,
  MessageEntry,
  RatingEntry,
  StatusEntry,
} from "../../../lambdas/contracts/protocol.ts";
import { fill } from "../../shared/i18n.ts";
import { saveFile } from "../../shared/save-file.ts";
import { fullTime } from "../../shared/time.ts";
import type { PortalLanguage, PortalMessages } from "../languages.ts";

/** What a customer takes with them. */
export interface Conversation {
  /** The owner's name. */
  readonly brand: string;
  readonly state: Pick<ConversationState, "conversationId" | "status" | "reference" | "startedAt">;
  readonly entries: readonly Entry[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

type ToldEntry = MessageEntry | StatusEntry | RatingEntry;

/** The two ways to take a conversation along: to read, and to process. */
export function downloadConversation(
  conversation: Conversation,
  format: "html" | "json",
  language: PortalLanguage,
): void {
  const { reference, conversationId } = conversation.state;
  const text = format === "html" ? readablePage(conversation, language) : dataOf(conversation);
  saveFile(`conversation-${reference ?? conversationId}`, text, format);
}

/** JSON, with times in ISO 8601. Files are listed without their content. */
export function dataOf({ brand, state, entries, now }: Conversation): string {
  const iso = (at: number) => new Date(at).toISOString();
  const { conversationId, reference, status, startedAt } = state;
  const told = entries.filter(isTold).map(({ seq: _, id: __, at, author, ...rest }) => ({
    at: iso(at),
    by: author.role,
    name: author.name,
    ...rest,
    ...(rest.kind === "message" && {
      attachments: rest.attachments?.map(({ name, type, size }) => ({ name, type, size })),
    }),
  }));
  const head = { with: brand, conversationId, reference, status, startedAt: iso(startedAt), downloadedAt: iso(now) };
  return JSON.stringify({ ...head, entries: told }, null, 2);
}

/**
 * One page that needs nothing else, and in which nothing runs: everything that somebody wrote is text, and a policy of its
 * own forbids the rest.
 */
export function readablePage({ brand, state, entries, now }: Conversation, language: PortalLanguage): string {
  const { texts, locale, direction } = language;
  const title = fill(texts.downloadedFrom, { name: brand });
  const told = entries.filter(isTold);
  const withFiles = told.some((entry) => entry.kind === "message" && (entry.attachments ?? []).length > 0);
  return `<!doctype html>\n${renderToString(
    <html lang={locale} dir={direction}>
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title}</title>
        <style>{style}</style>
      </head>
      <body>
        <main>
          <h1 dir="auto">{title}</h1>
          <p class="about">
            {state.reference !== undefined && <>{fill(texts.reference, { reference: state.reference })} · </>}
            {fill(texts.downloadedAt, { date: fullTime(locale, now) })}
          </p>
          {withFiles && <p class="about">{texts.fileNote}</p>}
          {told.map((entry) => (
            <Told key={entry.seq} entry={entry} language={language} />
          ))}
        </main>
      </body>
    </html>,
  )}\n`;
}

function Told({ entry, language }: { readonly entry: ToldEntry; readonly language: PortalLanguage }): JSX.Element {
  const { texts, locale } = language;
  const time = <time dateTime={new Date(entry.at).toISOString()}>{fullTime(locale, entry.at)}</time>;
  if (entry.kind === "rating") {
    return (
      <Event time={time} text={entry.comment}>
        {fill(texts.rated, { score: entry.score })}
      </Event>
    );
  }
  if (entry.kind === "status") {
    return (
      <Event time={time} text={entry.text}>
        {sentenceOf(entry, texts)}
      </Event>
    );
  }
  const { author, text, attachments = [] } = entry;
  return (
    <article class={`by-${author.role}`}>
      <h2>
        <bdi>{authorOf(entry, texts)}</bdi> {time}
      </h2>
      {text !== "" && <p dir="auto">{text}</p>}
      {attachments.length > 0 && (
        <ul>
          {attachments.map(({ fileId, name }) => (
            <li key={fileId}>
              <bdi>{name}</bdi>
            </li>
          ))}
        </ul>
      )}
    </article>
  );
}

interface EventProps {
  readonly time: JSX.Element;
  readonly text: string | undefined;
  readonly children: ComponentChildren;
}

function Event({ time, text, children }: EventProps): JSX.Element {
  return (
    <section>
      <h2>
        <bdi>{children}</bdi> {time}
      </h2>
      {text !== undefined && text !== "" && <p dir="auto">{text}</p>}
    </section>
  );
}

/** Notes and assignments are the team's, and never come here; what is new in the protocol stays out until it is told here. */
function isTold(entry: Entry): entry is ToldEntry {
  return entry.kind === "message" || entry.kind === "status" || entry.kind === "rating";
}

function authorOf({ author: { role, name } }: MessageEntry, texts: PortalMessages): string {
  if (role === "bot") return texts.assistant;
  return role === "visitor" ? texts.you : (name ?? texts.team);
}

function sentenceOf({ command, author, reference }: StatusEntry, texts: PortalMessages): string {
  if (command === "escalate") {
    return reference === undefined
      ? texts.humanRequested
      : `${texts.humanRequested} · ${fill(texts.reference, { reference })}`;
  }
  const name = author.role === "visitor" ? texts.you : (author.name ?? texts.team);
  const sentences = { takeOver: "joined", end: "ended", reopen: "reopened", handBack: "handedBack" } as const;
  return fill(texts[sentences[command]], { name });
}

/** Without quotes and angle brackets, which would be escaped like any other text. */
const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
main { max-width: 44rem; margin: auto; padding: 1.5rem 1rem 4rem }
h1 { font-size: 1.4rem; line-height: 1.25; overflow-wrap: anywhere }
h2 { margin: 0; font-size: .8rem; opacity: .8 }
time { font-weight: 400 }
.about { font-size: .85rem }
article, section { margin: 1rem 0; padding: .6rem .9rem; border-radius: .7rem; background: #8881; overflow-wrap: anywhere }
section { background: none; border-top: 1px solid #8884; border-radius: 0 }
.by-visitor { margin-inline-start: 3rem; background: #48f2 }
article p, section p { margin: .25rem 0; white-space: pre-wrap }
ul { margin: .25rem 0; padding-inline-start: 1.2rem }
`;
