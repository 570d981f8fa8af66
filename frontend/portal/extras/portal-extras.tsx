import type { JSX } from "preact";
import type { Routes } from "../../shared/api.ts";
import { createApi } from "../../shared/api.ts";
import { type ExtrasLanguage, extrasLanguages } from "../../shared/extras/languages.ts";
import { later } from "../../shared/extras/later.tsx";
import { TalkExtras } from "../../shared/extras/talk-extras.tsx";
import { languageOf } from "../../shared/i18n.ts";
import type { PortalLanguage } from "../languages.ts";
import type { PortalVisit } from "../portal-visit.ts";
import "./portal-extras.css";

const routes = {
  actOnConversation: "POST /api/conversations/{conversationId}/actions",
  requestUpload: "POST /api/conversations/{conversationId}/files",
  readFile: "GET /api/conversations/{conversationId}/files/{fileId}",
  requestTranscript: "POST /api/conversations/{conversationId}/transcript",
} as const satisfies Partial<Routes>;

const api = createApi(routes);

const RatingForm = later(async () => (await import("../../shared/extras/rating-form.tsx")).RatingForm);
const TranscriptForm = later(async () => (await import("../../shared/extras/transcript-form.tsx")).TranscriptForm);

/** What a portal has beyond plain messages. The portal draws without it until it has arrived. */
export class PortalExtras extends TalkExtras {
  readonly #visit: PortalVisit;
  readonly #language: ExtrasLanguage;

  constructor(visit: PortalVisit, portal: PortalLanguage, language: ExtrasLanguage, onChange: () => void) {
    const { model, connection, opened, withSession } = visit;
    const { conversationId, chatbot, role } = opened;
    super({
      model,
      channel: connection,
      language,
      fallbackName: role === "agent" ? (opened.visitor?.lead.name ?? portal.texts.visitor) : portal.texts.team,
      onChange,
      requestUpload: chatbot.liveChat.attachments
        ? (file, signal) =>
            withSession((token) => api.call("requestUpload", { path: { conversationId }, token, body: file, signal }))
        : undefined,
      readFile: (fileId) => withSession((token) => api.call("readFile", { path: { conversationId, fileId }, token })),
    });
    this.#visit = visit;
    this.#language = language;
  }

  /** After the last line: who is writing; and once it has ended, what the customer thinks of it and takes along. */
  outro(): JSX.Element {
    const { model, opened } = this.#visit;
    const isOver = opened.role === "customer" && model.state?.status === "ended";
    return (
      <>
        {this.writers()}
        {isOver && this.#afterTheEnd()}
      </>
    );
  }

  #afterTheEnd(): JSX.Element {
    const { opened, model, withSession } = this.#visit;
    const { liveChat } = opened.chatbot;
    const { texts } = this.#language;
    const path = { conversationId: opened.conversationId };
    return (
      <div class="portal-end">
        {liveChat.enabled && liveChat.rating && (
          <RatingForm
            texts={texts}
            given={model.state?.rating}
            onRate={async (score, comment) => {
              const id = crypto.randomUUID();
              const body = { action: "rate", id, score, ...(comment !== "" && { comment }) } as const;
              model.apply(await withSession((token) => api.call("actOnConversation", { path, token, body })));
            }}
          />
        )}
        <TranscriptForm
          texts={texts}
          email=""
          onRequest={(email) => withSession((token) => api.call("requestTranscript", { path, token, body: { email } }))}
        />
      </div>
    );
  }
}

export async function loadExtras(
  visit: PortalVisit,
  portal: PortalLanguage,
  onChange: () => void,
): Promise<PortalExtras> {
  return new PortalExtras(visit, portal, await languageOf(portal.locale, extrasLanguages), onChange);
}
