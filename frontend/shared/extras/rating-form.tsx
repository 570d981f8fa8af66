import type { JSX, TargetedSubmitEvent } from "preact";
import { useState } from "preact/hooks";
import type { limits } from "../../../lambdas/contracts/limits.ts";
import { Button } from "../button.tsx";
import { fill } from "../i18n.ts";
import type { ExtrasMessages } from "./languages.ts";
import "./end-of-talk.css";

interface RatingFormProps {
  readonly texts: ExtrasMessages;
  /** The verdict so far, 1 to 5. */
  readonly given: number | undefined;
  readonly onRate: (score: number, comment: string) => Promise<unknown>;
}

/** The contract's number, compared by the compiler. */
const longestComment: typeof limits.ratingComment = 1_000;

const scores = [1, 2, 3, 4, 5] as const;
type Score = (typeof scores)[number];

/** Asks for a verdict of 1 to 5 and what goes with it; says thanks, and lets the verdict be changed. */
export function RatingForm({ texts, given, onRate }: RatingFormProps): JSX.Element {
  const [score, setScore] = useState(given);
  const [step, setStep] = useState<"asked" | "sending" | "failed" | "thanked">(
    given === undefined ? "asked" : "thanked",
  );
  const textOf = (each: number) => texts[`score${each as Score}`];
  const send = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (score === undefined) return;
    const comment = new FormData(event.currentTarget).get("comment");
    setStep("sending");
    onRate(score, `${comment ?? ""}`.trim()).then(
      () => setStep("thanked"),
      () => setStep("failed"),
    );
  };
  if (step === "thanked") {
    return (
      <p class="end-line" role="status">
        {fill(texts.ratingThanks, { score: textOf(score ?? given ?? 3) })}
        <Button kind="quiet" onClick={() => setStep("asked")}>
          {texts.changeRating}
        </Button>
      </p>
    );
  }
  return (
    <form class="end-form" onSubmit={send}>
      <fieldset class="rating-scores">
        <legend>{texts.rateTitle}</legend>
        {scores.map((each) => (
          <label key={each} class="rating-score">
            <input type="radio" name="score" value={each} checked={each === score} onChange={() => setScore(each)} />
            <b>{each}</b>
            <span>{textOf(each)}</span>
          </label>
        ))}
      </fieldset>
      {score !== undefined && (
        <>
          <label class="end-field">
            {`${texts.ratingComment} (${texts.optional})`}
            <textarea name="comment" rows={2} maxLength={longestComment} dir="auto" />
          </label>
          {step === "failed" && (
            <p class="end-problem" role="alert">
              {texts.notSent}
            </p>
          )}
          <Button kind="primary" type="submit" disabled={step === "sending"}>
            {texts.sendRating}
          </Button>
        </>
      )}
    </form>
  );
}
