import type { JSX, TargetedSubmitEvent } from "preact";
import { useState } from "preact/hooks";
import { ApiError } from "../api.ts";
import { Button } from "../button.tsx";
import { fill } from "../i18n.ts";
import { isEmail } from "./contact-fields.ts";
import type { ExtrasMessages } from "./languages.ts";
import "./end-of-talk.css";

interface TranscriptFormProps {
  readonly texts: ExtrasMessages;
  /** The visitor's address, if it is known. */
  readonly email: string;
  readonly onRequest: (email: string) => Promise<unknown>;
}

/** Offers the conversation by mail. What the server refuses is said in its own words: it knows why. */
export function TranscriptForm({ texts, email, onRequest }: TranscriptFormProps): JSX.Element {
  const [step, setStep] = useState<"offered" | "asked" | "sending" | "sent">("offered");
  const [address, setAddress] = useState(email);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const send = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setProblem(undefined);
    if (!isEmail(address.trim())) {
      setProblem(texts.wrongEmail);
      event.currentTarget.querySelector("input")?.focus();
      return;
    }
    setStep("sending");
    onRequest(address.trim()).then(
      () => setStep("sent"),
      (error: unknown) => {
        setStep("asked");
        setProblem(
          error instanceof ApiError && error.status >= 400 && error.status < 500 ? error.message : texts.notSent,
        );
      },
    );
  };
  if (step === "sent") {
    return (
      <p class="end-line" role="status">
        {fill(texts.transcriptSent, { email: address })}
      </p>
    );
  }
  if (step === "offered") {
    return <Button onClick={() => setStep("asked")}>{texts.mailTranscript}</Button>;
  }
  return (
    <form class="end-form" noValidate onSubmit={send}>
      <label class="end-field">
        {texts.transcriptEmail}
        <input
          type="email"
          name="email"
          autocomplete="email"
          dir="ltr"
          maxLength={254}
          value={address}
          aria-invalid={problem !== undefined}
          aria-describedby={problem === undefined ? undefined : "transcript-problem"}
          onInput={(event) => setAddress(event.currentTarget.value)}
        />
      </label>
      {problem !== undefined && (
        <p id="transcript-problem" class="end-problem" role="alert">
          {problem}
        </p>
      )}
      <Button kind="primary" type="submit" disabled={step === "sending"}>
        {texts.sendTranscript}
      </Button>
    </form>
  );
}
