import { useRef, useState } from "preact/hooks";
import type { ReplyOf } from "../../../../lambdas/contracts/http.ts";
import { limits } from "../../../../lambdas/contracts/limits.ts";
import { type Api, ApiError } from "../../../shared/api.ts";
import { Markdown } from "../../../shared/markdown.tsx";
import { useText } from "../../text.ts";

type Trial = ReplyOf<"tryKnowledge">;

interface TrialPanelProps {
  readonly api: Api;
  readonly chatbotId: string;
  readonly onEdit: (entryId: string) => void;
}

/** Asks as a visitor would, and shows which entries were found. */
export function TrialPanel({ api, chatbotId, onEdit }: TrialPanelProps) {
  const { t } = useText();
  const [question, setQuestion] = useState("");
  const [asking, setAsking] = useState(false);
  const [trial, setTrial] = useState<Trial | { readonly failed: string }>();
  const latest = useRef(0);
  const ask = async (): Promise<void> => {
    if (question.trim() === "") return;
    const turn = ++latest.current;
    setAsking(true);
    const outcome = await api
      .call("tryKnowledge", { path: { chatbotId }, body: { question } })
      .catch((error: unknown) => {
        if (!(error instanceof ApiError)) throw error;
        return { failed: error.message };
      });
    // An answer to an earlier question is no news.
    if (turn !== latest.current) return;
    setTrial(outcome);
    setAsking(false);
  };
  return (
    <section class="panel-card trial" aria-labelledby="trial-title">
      <h2 class="section-title" id="trial-title">
        {t("trialTitle")}
      </h2>
      <form
        class="trial-ask"
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
      >
        <input
          class="input"
          aria-label={t("trialQuestion")}
          placeholder={t("trialPlaceholder")}
          maxLength={limits.messageLength}
          dir="auto"
          value={question}
          onInput={(event) => setQuestion(event.currentTarget.value)}
        />
        <button type="submit" class="button button-primary" disabled={asking || question.trim() === ""}>
          {asking ? t("trialAsking") : t("trialAsk")}
        </button>
      </form>
      <div role="status" aria-busy={asking}>
        {trial === undefined && <p class="field-hint">{t("trialLead")}</p>}
        {trial !== undefined && "failed" in trial && <p class="notice notice-bad">{trial.failed}</p>}
        {trial !== undefined && !("failed" in trial) && <TrialResult trial={trial} onEdit={onEdit} />}
      </div>
    </section>
  );
}

function TrialResult({ trial, onEdit }: { readonly trial: Trial; readonly onEdit: (entryId: string) => void }) {
  const { t } = useText();
  const best = trial.matches[0]?.score ?? 0;
  return (
    <div class="trial-result">
      <span class={`chip ${trial.known ? "chip-sent" : "chip-skipped"}`}>
        {t(trial.known ? "trialKnown" : "trialUnknown")}
      </span>
      <div class="trial-answer" dir="auto">
        <Markdown text={trial.answer} />
      </div>
      <h3 class="trial-heading">{t("trialMatches")}</h3>
      {trial.matches.length === 0 && <p class="field-hint">{t("trialNoMatches")}</p>}
      <ol class="trial-matches">
        {trial.matches.map(({ entryId, title, score }, index) => (
          <li key={entryId}>
            <button type="button" class="trial-match" onClick={() => onEdit(entryId)}>
              <span class="trial-match-title" dir="auto">
                {title}
              </span>
              {index === 0 && trial.known && <span class="chip chip-sent">{t("trialAnswered")}</span>}
            </button>
            <meter class="trial-score" min={0} max={best} value={score} aria-label={t("trialScore", { title })} />
          </li>
        ))}
      </ol>
    </div>
  );
}
