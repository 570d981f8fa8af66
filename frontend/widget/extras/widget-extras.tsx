import type { JSX } from "preact";
import type { StatusEntry } from "../../../lambdas/contracts/protocol.ts";
import type { PublicChatbot } from "../../../lambdas/contracts/settings.ts";
import { createApi, type Routes } from "../../shared/api.ts";
import { Button } from "../../shared/button.tsx";
import { ConfirmBar } from "../../shared/extras/confirm-bar.tsx";
import type { ExtrasLanguage } from "../../shared/extras/languages.ts";
import { later } from "../../shared/extras/later.tsx";
import { TalkExtras } from "../../shared/extras/talk-extras.tsx";
import type { WidgetLanguage } from "../languages.ts";
import type { MenuItem } from "../panel-header.tsx";
import type { Visit } from "../visit.ts";
import type { VisitStore } from "../visit-store.ts";
import { backAtText, expectedWaitText } from "./availability-text.ts";
import { TeamAvailability } from "./team-availability.ts";
import "./end-card.css";

const routes = {
  readWidget: "GET /api/chatbots/{chatbotId}/widget",
  actOnConversation: "POST /api/conversations/{conversationId}/actions",
  requestUpload: "POST /api/conversations/{conversationId}/files",
  readFile: "GET /api/conversations/{conversationId}/files/{fileId}",
  requestTranscript: "POST /api/conversations/{conversationId}/transcript",
  eraseConversation: "DELETE /api/conversations/{conversationId}",
} as const satisfies Partial<Routes>;

const api = createApi(routes);

const LeadForm = later(async () => (await import("./lead-form.tsx")).LeadForm);
const EndCard = later(async () => (await import("./end-card.tsx")).EndCard);

export interface WidgetExtrasOptions {
  readonly chatbot: PublicChatbot;
  readonly visit: Visit;
  readonly store: VisitStore;
  readonly panel: WidgetLanguage;
  readonly language: ExtrasLanguage;
  /** What is to be said at the beginning of this visit. */
  readonly notice: string | undefined;
  readonly onChange: () => void;
  readonly onNewConversation: (notice?: string) => void;
}

/** What the visitor is asked for; `escalate` is the lead that has to be there before a person is asked for. */
type Question = "lead" | "escalate" | "end" | "erase";

/** What the panel has beyond question and answer, for one visit. The panel draws without it until it has arrived. */
export class WidgetExtras extends TalkExtras {
  readonly #its: WidgetExtrasOptions;
  readonly #availability: TeamAvailability;
  readonly #stopWatching: () => void;
  #question: Question | undefined;
  /** The lead was saved just now. */
  #thanks = false;
  #erasing: "yes" | "failed" | undefined;

  constructor(its: WidgetExtrasOptions) {
    const { chatbot, visit, panel, language, onChange } = its;
    const { liveChat, chatbotId } = chatbot;
    super({
      model: visit.model,
      channel: visit.channel,
      language,
      fallbackName: panel.texts.team,
      onChange,
      requestUpload: liveChat.attachments
        ? async (file, signal) => await api.call("requestUpload", { ...(await visit.pass()), body: file, signal })
        : undefined,
      readFile: async (fileId) => {
        const { path, token } = await visit.pass();
        return await api.call("readFile", { path: { ...path, fileId }, token });
      },
    });
    this.#its = its;
    this.#availability = new TeamAvailability(liveChat.availability, async () => {
      return (await api.call("readWidget", { path: { chatbotId } })).liveChat.availability;
    });
    let status = visit.model.state?.status;
    this.#stopWatching = visit.model.subscribe(() => {
      const now = visit.model.state?.status;
      if (now === "unassigned" && status !== now) this.look();
      status = now;
    });
  }

  /** The panel is looked at: who is there may have changed. */
  look(): void {
    if (this.#its.chatbot.liveChat.enabled) void this.#availability.refresh().then(this.#its.onChange);
  }

  /** What the header says of the team; undefined where there is nothing better to say than what it says anyway. */
  presence(): { readonly text: string; readonly present: boolean } | undefined {
    const { chatbot, visit, panel } = this.#its;
    const { status } = visit.model.state ?? {};
    if (!chatbot.liveChat.enabled || status === "ended") return undefined;
    const present = status === undefined ? this.#availability.isTeamPresent : visit.model.isPresent("team");
    if (status === "open" && present) return undefined;
    const text = this.expectation() ?? (present ? panel.texts.online : undefined);
    return text === undefined ? undefined : { text, present };
  }

  /** When the team answers: when it is back, or how long it takes. */
  expectation(): string | undefined {
    const { known } = this.#availability;
    const { language, visit } = this.#its;
    return backAtText(known, language, visit.model.serverNow) ?? expectedWaitText(known, language);
  }

  /** Under the waiting message, while it holds. */
  waiting({ command, seq }: StatusEntry): JSX.Element | false {
    const { state, entries } = this.#its.visit.model;
    const newest = entries.findLast((entry) => entry.kind === "status");
    const text = this.expectation();
    return (
      command === "escalate" &&
      state?.status === "unassigned" &&
      newest?.seq === seq &&
      text !== undefined && <p>{text}</p>
    );
  }

  /** What else can be done with this conversation. */
  get menu(): readonly MenuItem[] {
    const { chatbot, visit, panel, language } = this.#its;
    const status = visit.model.state?.status;
    const canLeaveLead =
      chatbot.liveChat.enabled && status !== undefined && status !== "ended" && this.#lead !== "saved";
    const ask = (question: Question) => () => this.#ask(question);
    return [
      // Who leaves a name before asking for a person has it in the team's mail and ticket.
      canLeaveLead && { label: panel.texts.leadTitle, onChoose: ask("lead") },
      this.#isWithHuman && { label: panel.texts.endConversation, onChoose: ask("end") },
      status !== undefined && { label: language.texts.deleteConversation, onChoose: ask("erase") },
    ];
  }

  /** Asks for a person; first for what the owner requires of somebody who does. */
  escalate(): void {
    const { ask, required } = this.#its.chatbot.liveChat.leadForm;
    if (ask !== "never" && required.length > 0 && this.#lead !== "saved") this.#ask("escalate");
    else this.#its.visit.command("escalate");
  }

  /** After the last line. @param asksFirst whether the visitor has to be asked before the first message */
  outro(asksFirst: boolean): JSX.Element {
    const { visit, notice, language } = this.#its;
    const status = visit.model.state?.status;
    return (
      <>
        {this.writers()}
        {notice !== undefined && status === undefined && (
          <p class="later-line" role="status">
            {notice}
          </p>
        )}
        {this.#leadForm(asksFirst)}
        {this.#thanks && status !== "open" && status !== "ended" && (
          <p class="later-line" role="status">
            {language.texts.leadSaved}
          </p>
        )}
        {status === "ended" && this.#endCard()}
      </>
    );
  }

  /** Above the composer: what has to be confirmed. */
  confirmation(): JSX.Element | false {
    const { visit, panel, language } = this.#its;
    const { texts } = language;
    const cancel = { cancel: texts.cancel, onCancel: () => this.#ask(undefined) };
    if (this.#question === "end") {
      const { endConversation, endQuestion, end } = panel.texts;
      const confirm = () => {
        this.#ask(undefined);
        visit.command("end");
      };
      return (
        <ConfirmBar
          key="end"
          {...cancel}
          title={endConversation}
          question={endQuestion}
          action={end}
          onConfirm={confirm}
        />
      );
    }
    return (
      this.#question === "erase" && (
        <ConfirmBar
          key="erase"
          {...cancel}
          title={texts.deleteConversation}
          question={texts.deleteQuestion}
          action={texts.delete}
          isBusy={this.#erasing === "yes"}
          problem={this.#erasing === "failed" ? texts.notDeleted : undefined}
          onConfirm={() => void this.#erase()}
        />
      )
    );
  }

  /** In place of a conversation that we may no longer take part in, perhaps because it was deleted elsewhere. */
  closed(code: string): JSX.Element {
    const { panel, language, onNewConversation } = this.#its;
    return (
      <div class="closed-talk" role="status">
        <p>{code === "erased" ? language.texts.deleted : language.texts.noLongerOpen}</p>
        <Button kind="primary" onClick={() => onNewConversation()}>
          {panel.texts.newConversation}
        </Button>
      </div>
    );
  }

  override stop(): void {
    super.stop();
    this.#stopWatching();
  }

  get #isWithHuman(): boolean {
    const status = this.#its.visit.model.state?.status;
    return status === "unassigned" || status === "open";
  }

  get #lead(): "saved" | "skipped" | undefined {
    const { lead, keptLead } = this.#its.store.read();
    return keptLead === undefined ? lead : "saved";
  }

  #ask(question: Question | undefined): void {
    this.#question = question;
    this.#erasing = undefined;
    this.#its.onChange();
  }

  #leadForm(asksFirst: boolean): JSX.Element | false {
    const { chatbot, visit, store, panel, language } = this.#its;
    const { ask, required } = chatbot.liveChat.leadForm;
    const { texts } = language;
    const isAsked = this.#question === "lead" || this.#question === "escalate";
    if (!isAsked && !asksFirst && !(this.#isWithHuman && this.#lead === undefined && ask !== "never")) return false;
    const question = this.#question;
    const skip = () => {
      if (!isAsked) store.save({ lead: "skipped" });
      this.#ask(undefined);
    };
    return (
      <LeadForm
        texts={{ ...texts, ...panel.texts }}
        required={required}
        skip={isAsked ? texts.cancel : texts.skip}
        onSkip={isAsked || required.length === 0 ? skip : undefined}
        onSave={async (lead) => {
          await visit.saveLead(lead);
          this.#thanks = true;
          this.#ask(undefined);
          if (question === "escalate") visit.command("escalate");
          // A keyboard's focus would be lost with the form; a phone's keyboard would cover the thanks.
          if (matchMedia("(pointer: fine)").matches) document.querySelector("textarea")?.focus();
        }}
      />
    );
  }

  #endCard(): JSX.Element {
    const { chatbot, visit, store, panel, language, onNewConversation } = this.#its;
    return (
      <EndCard
        texts={language.texts}
        newConversation={panel.texts.newConversation}
        asksRating={chatbot.liveChat.enabled && chatbot.liveChat.rating}
        rating={visit.model.state?.rating}
        email={store.read().email ?? ""}
        onRate={async (score, comment) => {
          const id = crypto.randomUUID();
          const body = { action: "rate", id, score, ...(comment !== "" && { comment }) } as const;
          visit.model.apply(await api.call("actOnConversation", { ...(await visit.pass()), body }));
        }}
        onRequestTranscript={async (email) =>
          await api.call("requestTranscript", { ...(await visit.pass()), body: { email } })
        }
        onNewConversation={() => onNewConversation()}
      />
    );
  }

  async #erase(): Promise<void> {
    const { visit, language, onChange, onNewConversation } = this.#its;
    this.#erasing = "yes";
    onChange();
    try {
      await api.call("eraseConversation", await visit.pass());
      onNewConversation(language.texts.deleted);
    } catch {
      this.#erasing = "failed";
      onChange();
    }
  }
}
