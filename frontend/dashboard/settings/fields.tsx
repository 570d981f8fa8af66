import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

interface FieldFrame {
  /** Where the value stands in the settings; errors of the page and the API meet it here. */
  readonly path: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly disabled?: boolean;
  readonly onLeave?: (path: string) => void;
}

export function fieldId(path: string): string {
  return `field-${path.replaceAll(".", "-")}`;
}

function describedBy({ path, hint, error }: FieldFrame): string | undefined {
  const ids = [hint === undefined ? "" : `${fieldId(path)}-hint`, error === undefined ? "" : `${fieldId(path)}-error`];
  return ids.join(" ").trim() || undefined;
}

/** A label, a control, its hint and its error, tied together for screen readers. */
export function Field({ children, ...frame }: FieldFrame & { readonly children: ComponentChildren }) {
  const { path, label, hint, error } = frame;
  return (
    <div class={`field${error === undefined ? "" : " field-wrong"}`}>
      <label class="field-label" for={fieldId(path)}>
        {label}
      </label>
      {children}
      <FieldNotes path={path} hint={hint} error={error} />
    </div>
  );
}

export function FieldNotes({ path, hint, error }: Pick<FieldFrame, "path" | "hint" | "error">) {
  return (
    <>
      {hint !== undefined && (
        <p class="field-hint" id={`${fieldId(path)}-hint`}>
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p class="field-error" id={`${fieldId(path)}-error`}>
          {error}
        </p>
      )}
    </>
  );
}

interface TextFieldProps extends FieldFrame {
  readonly value: string;
  readonly onInput: (value: string) => void;
  /** Chooses the keyboard of a phone; what may be written is the contract's to say. */
  readonly keyboard?: "text" | "email" | "url" | "numeric";
  readonly lines?: number;
  readonly maxLength?: number;
  readonly placeholder?: string;
  readonly before?: string;
  readonly after?: string;
  /** Addresses, codes and the like read from the left in every language. */
  readonly ltr?: boolean;
}

export function TextField(props: TextFieldProps) {
  const { path, value, onInput, onLeave, keyboard = "text", lines, maxLength, placeholder, before, after, ltr } = props;
  const shared = {
    id: fieldId(path),
    value,
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(placeholder === undefined ? {} : { placeholder }),
    disabled: props.disabled ?? false,
    "aria-invalid": props.error !== undefined,
    "aria-describedby": describedBy(props),
    onBlur: () => onLeave?.(path),
    ...(ltr === true ? { dir: "ltr" as const } : {}),
  };
  return (
    <Field {...props}>
      {lines === undefined ? (
        <div class="input-group" dir={ltr === true ? "ltr" : undefined}>
          {before !== undefined && <span class="input-affix">{before}</span>}
          <input
            {...shared}
            class="input"
            inputMode={keyboard}
            autoComplete="off"
            spellcheck={keyboard === "text"}
            onInput={(event) => onInput(event.currentTarget.value)}
          />
          {after !== undefined && <span class="input-affix">{after}</span>}
        </div>
      ) : (
        <textarea {...shared} class="input" rows={lines} onInput={(event) => onInput(event.currentTarget.value)} />
      )}
    </Field>
  );
}

interface SwitchProps extends FieldFrame {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function Switch(props: SwitchProps) {
  const { path, label, hint, error, checked, disabled = false, onChange } = props;
  return (
    <div class="switch-row">
      <input
        id={fieldId(path)}
        class="switch"
        type="checkbox"
        role="switch"
        checked={checked}
        aria-checked={checked}
        disabled={disabled}
        aria-describedby={describedBy(props)}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <div>
        <label class="switch-label" for={fieldId(path)}>
          {label}
        </label>
        <FieldNotes path={path} hint={hint} error={error} />
      </div>
    </div>
  );
}

interface SelectFieldProps<Value extends string> extends FieldFrame {
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
}

export function SelectField<Value extends string>(props: SelectFieldProps<Value>) {
  const { path, value, options, disabled = false, onChange } = props;
  return (
    <Field {...props}>
      <select
        id={fieldId(path)}
        class="input"
        value={value}
        disabled={disabled}
        aria-invalid={props.error !== undefined}
        aria-describedby={describedBy(props)}
        onChange={(event) => {
          const chosen = options[event.currentTarget.selectedIndex];
          if (chosen !== undefined) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  );
}

interface OptionListProps<Value extends string> {
  readonly name: string;
  readonly legend: string;
  /** True where the heading above says the same. */
  readonly legendHidden?: boolean;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string; readonly note?: string }[];
  readonly disabled?: boolean;
  readonly onChange: (value: Value) => void;
}

/** One of a few, each with what it means. */
export function OptionList<Value extends string>(props: OptionListProps<Value>) {
  const { name, legend, legendHidden = false, value, options, disabled = false, onChange } = props;
  return (
    <fieldset class="options" disabled={disabled}>
      <legend class={legendHidden ? "visually-hidden" : "field-label"}>{legend}</legend>
      {options.map((option) => (
        <label class="option" key={option.value}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
          />
          <span>
            <span class="option-name">{option.label}</span>
            {option.note !== undefined && <span class="option-note">{option.note}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

interface ListFieldProps extends FieldFrame {
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
  readonly errorAt: (path: string) => string | undefined;
  readonly keyboard: "text" | "email";
  readonly most: number;
  readonly placeholder?: string;
  readonly addLabel: string;
  readonly removeLabel: (value: string) => string;
  readonly itemLabel: (position: number) => string;
}

/** A list of short texts, one input each; Enter in one adds the next. */
export function ListField(props: ListFieldProps) {
  const { path, label, hint, error, values, onChange, errorAt, keyboard, most, disabled = false } = props;
  const add = (): void => {
    if (values.length >= most) return;
    onChange([...values, ""]);
    requestAnimationFrame(() => document.getElementById(fieldId(`${path}.${values.length}`))?.focus());
  };
  const replace = (index: number, value: string): void =>
    onChange(values.map((old, at) => (at === index ? value : old)));
  const remove = (index: number): void => {
    onChange(values.filter((_, at) => at !== index));
    requestAnimationFrame(() => document.getElementById(`${fieldId(path)}-add`)?.focus());
  };
  return (
    <fieldset class={`field list-field${error === undefined ? "" : " field-wrong"}`} disabled={disabled}>
      <legend class="field-label">{label}</legend>
      {values.map((value, index) => {
        const itemPath = `${path}.${index}`;
        const itemError = errorAt(itemPath);
        return (
          // The values are edited in place, so their position is their identity.
          <div class={`list-item${itemError === undefined ? "" : " field-wrong"}`} key={index}>
            <div class="list-item-row">
              <input
                id={fieldId(itemPath)}
                class="input"
                inputMode={keyboard}
                dir={keyboard === "email" ? "ltr" : "auto"}
                value={value}
                placeholder={props.placeholder ?? ""}
                aria-label={props.itemLabel(index + 1)}
                aria-invalid={itemError !== undefined}
                aria-describedby={itemError === undefined ? undefined : `${fieldId(itemPath)}-error`}
                onInput={(event) => replace(index, event.currentTarget.value)}
                onBlur={() => props.onLeave?.(itemPath)}
                onKeyDown={(event) => {
                  if (event.key !== "Enter") return;
                  event.preventDefault();
                  add();
                }}
              />
              <button
                type="button"
                class="button button-quiet button-icon"
                aria-label={props.removeLabel(value)}
                onClick={() => remove(index)}
              >
                <span aria-hidden="true">✕</span>
              </button>
            </div>
            <FieldNotes path={itemPath} error={itemError} />
          </div>
        );
      })}
      {values.length < most && (
        <button type="button" id={`${fieldId(path)}-add`} class="button button-plain button-small" onClick={add}>
          {props.addLabel}
        </button>
      )}
      <FieldNotes path={path} hint={hint} error={error} />
    </fieldset>
  );
}

interface SecretFieldProps extends FieldFrame {
  /** Whether the server has one. */
  readonly stored: boolean;
  /** Absent: untouched. Empty: to be removed. */
  readonly edit: string | undefined;
  readonly onEdit: (edit: string | undefined) => void;
  readonly words: {
    readonly isSet: string;
    readonly willBeRemoved: string;
    readonly replace: string;
    readonly remove: string;
    readonly keep: string;
  };
}

/** A secret that is written and never read back. */
export function SecretField(props: SecretFieldProps) {
  const { path, label, hint, error, stored, edit, onEdit, words, disabled = false, onLeave } = props;
  const [replacing, setReplacing] = useState(false);
  const removing = edit === "";
  const keep = (): void => {
    setReplacing(false);
    onEdit(undefined);
  };
  if (stored && (removing || (edit === undefined && !replacing))) {
    return (
      <div class={`field${error === undefined ? "" : " field-wrong"}`}>
        <span class="field-label">{label}</span>
        <div class="secret-row" id={fieldId(path)}>
          <span class={removing ? "secret-state secret-removed" : "secret-state"}>
            {removing ? words.willBeRemoved : words.isSet}
          </span>
          {removing ? (
            <button type="button" class="button button-plain button-small" disabled={disabled} onClick={keep}>
              {words.keep}
            </button>
          ) : (
            <>
              <button
                type="button"
                class="button button-plain button-small"
                disabled={disabled}
                onClick={() => setReplacing(true)}
              >
                {words.replace}
              </button>
              <button
                type="button"
                class="button button-plain button-small button-remove"
                disabled={disabled}
                onClick={() => onEdit("")}
              >
                {words.remove}
              </button>
            </>
          )}
        </div>
        <FieldNotes path={path} hint={hint} error={error} />
      </div>
    );
  }
  return (
    <Field path={path} label={label} hint={hint} error={error}>
      <div class="list-item-row">
        <input
          id={fieldId(path)}
          class="input"
          type="password"
          dir="ltr"
          autoComplete="new-password"
          value={edit ?? ""}
          disabled={disabled}
          aria-invalid={error !== undefined}
          aria-describedby={describedBy(props)}
          onInput={(event) => onEdit(event.currentTarget.value || undefined)}
          onBlur={() => onLeave?.(path)}
        />
        {stored && (
          <button type="button" class="button button-plain button-small" onClick={keep}>
            {words.keep}
          </button>
        )}
      </div>
    </Field>
  );
}
