import type { InputHTMLAttributes, JSX, TargetedSubmitEvent } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Lead } from "../../../lambdas/contracts/http.ts";
import type { PublicChatbot } from "../../../lambdas/contracts/settings.ts";
import { ApiError } from "../../shared/api.ts";
import { Button } from "../../shared/button.tsx";
import { isEmail, isPhone } from "../../shared/extras/contact-fields.ts";
import type { ExtrasMessages } from "../../shared/extras/languages.ts";
import type { WidgetMessages } from "../languages.ts";
import "./lead-form.css";

export type LeadField = PublicChatbot["liveChat"]["leadForm"]["required"][number];
type Typed = Readonly<Record<LeadField, string>>;
type Problems = Partial<Record<LeadField, string>>;

export interface LeadFormProps {
  readonly texts: ExtrasMessages & WidgetMessages;
  /** Fields that must be filled in; then the form can't be skipped. */
  readonly required: readonly LeadField[];
  readonly onSave: (lead: Lead) => Promise<void>;
  /** What the way out is called, and does; undefined where there is none. */
  readonly onSkip: (() => void) | undefined;
  readonly skip: string;
}

const fields = ["name", "email", "phone"] as const;
const nothing: Typed = { name: "", email: "", phone: "" };

/** Asks how the visitor can be reached. What is wrong stands at its field, and the first such field gets the focus. */
export function LeadForm({ texts, required, onSave, onSkip, skip }: LeadFormProps): JSX.Element {
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState(nothing);
  const [problems, setProblems] = useState<Problems>({});
  const [state, setState] = useState<"typing" | "saving" | "failed">("typing");

  const refuse = (found: Problems) => {
    setState("typing");
    setProblems(found);
    const wrong = fields.find((name) => found[name] !== undefined);
    if (wrong !== undefined) form.current?.querySelector<HTMLElement>(`[name=${wrong}]`)?.focus();
  };
  const save = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const lead = trimmed(typed);
    const found = problemsOf(lead, required, texts);
    refuse(found);
    if (Object.keys(found).length > 0) return;
    setState("saving");
    onSave(Object.fromEntries(Object.entries(lead).filter(([, value]) => value !== ""))).catch((error: unknown) => {
      const said = error instanceof ApiError ? error.fields : [];
      if (said.length > 0) refuse(Object.fromEntries(said.map(({ path, message }) => [path, message])));
      else setState("failed");
    });
  };
  const field = (name: LeadField, label: string, attributes: InputHTMLAttributes) => {
    const problem = problems[name];
    const isOptional = !mustFill(name, typed, required);
    return (
      <label>
        {isOptional ? `${label} (${texts.optional})` : label}
        <input
          name={name}
          value={typed[name]}
          maxLength={name === "email" ? 254 : 100}
          aria-required={!isOptional}
          aria-invalid={problem !== undefined}
          aria-describedby={problem === undefined ? undefined : `lead-${name}-problem`}
          onInput={({ currentTarget }) => setTyped((before) => ({ ...before, [name]: currentTarget.value }))}
          {...attributes}
        />
        {problem !== undefined && (
          <span id={`lead-${name}-problem`} class="lead-form-problem">
            {problem}
          </span>
        )}
      </label>
    );
  };

  return (
    <form class="lead-form" aria-labelledby="lead-title" noValidate ref={form} onSubmit={save}>
      <h2 id="lead-title">{texts.leadTitle}</h2>
      <p class="lead-form-reason">{texts.leadReason}</p>
      {field("name", texts.leadName, { autocomplete: "name", dir: "auto" })}
      {field("email", texts.leadEmail, { type: "email", autocomplete: "email", dir: "ltr" })}
      {field("phone", texts.leadPhone, { type: "tel", autocomplete: "tel", dir: "ltr" })}
      {state === "failed" && (
        <p class="lead-form-problem" role="alert">
          {texts.notSaved}
        </p>
      )}
      <div class="lead-form-actions">
        {onSkip !== undefined && (
          <Button kind="quiet" onClick={onSkip}>
            {skip}
          </Button>
        )}
        <Button kind="primary" type="submit" disabled={state === "saving"}>
          {state === "saving" ? texts.saving : texts.save}
        </Button>
      </div>
    </form>
  );
}

/** Where the owner requires nothing, an e-mail address or a phone number will do. */
function mustFill(name: LeadField, { phone }: Typed, required: readonly LeadField[]): boolean {
  return required.includes(name) || (required.length === 0 && name === "email" && phone.trim() === "");
}

function trimmed({ name, email, phone }: Typed): Typed {
  return { name: name.trim(), email: email.trim(), phone: phone.trim() };
}

/** What has to be said to each field. */
export function problemsOf(typed: Typed, required: readonly LeadField[], texts: ExtrasMessages): Problems {
  const problems: Problems = {};
  for (const name of fields) if (typed[name] === "" && mustFill(name, typed, required)) problems[name] = texts.fillIn;
  if (typed.email !== "" && !isEmail(typed.email)) problems.email = texts.wrongEmail;
  if (typed.phone !== "" && !isPhone(typed.phone)) problems.phone = texts.wrongPhone;
  return problems;
}
