import type { JSX } from "preact";
import { useId, useRef, useState } from "preact/hooks";
import type { Lead } from "../../lambdas/contracts/http.ts";
import { Button } from "../shared/button.tsx";
import type { Language } from "../shared/i18n.ts";
import { checkLead, type LeadProblem } from "./lead-check.ts";
import "./lead-form.css";

export interface LeadFormProps {
  readonly language: Language;
  readonly onSave: (lead: Lead) => Promise<void>;
  readonly onSkip: () => void;
}

/** Asks how the visitor can be reached. Nobody has to answer. */
export function LeadForm({ language, onSave, onSkip }: LeadFormProps): JSX.Element {
  const { t } = language;
  const [typed, setTyped] = useState({ name: "", email: "", phone: "" });
  const [problems, setProblems] = useState<readonly LeadProblem[]>([]);
  const [saving, setSaving] = useState(false);
  const [failed, setFailed] = useState(false);
  const titleId = useId();
  const form = useRef<HTMLFormElement>(null);

  const save = async () => {
    const checked = checkLead(typed);
    setProblems(checked.problems);
    const [first] = checked.problems;
    if (first !== undefined) {
      form.current?.querySelector<HTMLInputElement>(`[name="${first.field}"]`)?.focus();
      return;
    }
    setSaving(true);
    setFailed(false);
    try {
      await onSave(checked.lead);
    } catch {
      setFailed(true);
    } finally {
      setSaving(false);
    }
  };

  const field = (name: keyof typeof typed, type: FieldProps["type"], autocomplete: AutoFill, label: string) => (
    <Field
      name={name}
      type={type}
      autocomplete={autocomplete}
      label={label}
      value={typed[name]}
      problem={problems.find((problem) => problem.field === name)?.text}
      language={language}
      onInput={(value) => setTyped((before) => ({ ...before, [name]: value }))}
    />
  );

  return (
    <form
      ref={form}
      class="lead-form"
      noValidate
      aria-labelledby={titleId}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h2 id={titleId} class="lead-form-title">
        {t("leadTitle")}
      </h2>
      <p class="lead-form-reason">{t("leadReason")}</p>
      {field("name", "text", "name", t("leadName"))}
      {field("email", "email", "email", t("leadEmail"))}
      {field("phone", "tel", "tel", `${t("leadPhone")} (${t("optional")})`)}
      {failed && (
        <p class="lead-form-problem" role="alert">
          {t("notSaved")}
        </p>
      )}
      <div class="lead-form-actions">
        <Button kind="quiet" onClick={onSkip}>
          {t("skip")}
        </Button>
        <Button kind="primary" type="submit" disabled={saving}>
          {t(saving ? "saving" : "save")}
        </Button>
      </div>
    </form>
  );
}

type AutoFill = "name" | "email" | "tel";

interface FieldProps {
  readonly name: string;
  readonly type: "text" | "email" | "tel";
  readonly autocomplete: AutoFill;
  readonly label: string;
  readonly value: string;
  readonly problem: LeadProblem["text"] | undefined;
  readonly language: Language;
  readonly onInput: (value: string) => void;
}

function Field(props: FieldProps): JSX.Element {
  const id = useId();
  return (
    <div class="lead-form-field">
      <label for={id}>{props.label}</label>
      <input
        id={id}
        name={props.name}
        type={props.type as "text"}
        autocomplete={props.autocomplete}
        dir={props.type === "text" ? "auto" : "ltr"}
        value={props.value}
        aria-invalid={props.problem !== undefined}
        aria-describedby={props.problem === undefined ? undefined : `${id}-problem`}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
      {props.problem !== undefined && (
        <p id={`${id}-problem`} class="lead-form-problem">
          {props.language.t(props.problem)}
        </p>
      )}
    </div>
  );
}
