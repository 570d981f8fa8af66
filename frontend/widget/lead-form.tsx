import type { InputHTMLAttributes, JSX, TargetedSubmitEvent } from "preact";
import { useState } from "preact/hooks";
import type { Lead } from "../../lambdas/contracts/http.ts";
import type { PublicChatbot } from "../../lambdas/contracts/settings.ts";
import { Button } from "../shared/button.tsx";
import type { WidgetMessages } from "./languages.ts";
import "./lead-form.css";

type Field = PublicChatbot["liveChat"]["leadForm"]["required"][number];

export interface LeadFormProps {
  readonly texts: WidgetMessages;
  /** Fields that must be filled in; then the form can't be skipped. */
  readonly required: readonly Field[];
  readonly onSave: (lead: Lead) => Promise<void>;
  readonly onSkip: () => void;
}

/** Asks how the visitor can be reached. The browser checks what was typed and says what is wrong; so does the API. */
export function LeadForm({ texts, required, onSave, onSkip }: LeadFormProps): JSX.Element {
  const [state, setState] = useState<"typing" | "saving" | "failed">("typing");
  const [phone, setPhone] = useState("");
  const save = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setState("saving");
    const typed = [...new FormData(event.currentTarget)].filter(([, value]) => value !== "");
    onSave(Object.fromEntries(typed)).catch(() => setState("failed"));
  };
  const isRequired = (name: Field) =>
    // Where the owner requires nothing, an e-mail address or a phone number will do.
    required.includes(name) || (name === "email" && required.length === 0 && phone === "");
  const field = (name: Field, label: string, attributes: InputHTMLAttributes) => (
    <label>
      {label}
      <input name={name} required={isRequired(name)} maxLength={100} {...attributes} />
    </label>
  );

  return (
    <form class="lead-form" aria-labelledby="lead-title" onSubmit={save}>
      <h2 id="lead-title">{texts.leadTitle}</h2>
      <p class="lead-form-reason">{texts.leadReason}</p>
      {field("name", texts.leadName, { autocomplete: "name", dir: "auto" })}
      {field("email", texts.leadEmail, {
        type: "email",
        autocomplete: "email",
        dir: "ltr",
        pattern: ".+@.+\\..+",
        title: "ada@example.com",
      })}
      {field("phone", texts.leadPhone + (required.includes("phone") ? "" : ` (${texts.optional})`), {
        type: "tel",
        autocomplete: "tel",
        dir: "ltr",
        // As in the contract of `saveLead`.
        pattern: "[+\\(\\)\\d][\\d \\(\\).\\/\\-]{4,29}",
        title: "+49 30 1234567",
        onInput: (event) => setPhone(event.currentTarget.value),
      })}
      {state === "failed" && (
        <p class="lead-form-problem" role="alert">
          {texts.notSaved}
        </p>
      )}
      <div class="lead-form-actions">
        {required.length === 0 && (
          <Button kind="quiet" onClick={onSkip}>
            {texts.skip}
          </Button>
        )}
        <Button kind="primary" type="submit" disabled={state === "saving"}>
          {state === "saving" ? texts.saving : texts.save}
        </Button>
      </div>
    </form>
  );
}
