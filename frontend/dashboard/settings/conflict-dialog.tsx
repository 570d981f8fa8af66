import { useEffect, useRef, useState } from "preact/hooks";
import { useText } from "../text.ts";
import "./conflict-dialog.css";
import { settingName, settingValue } from "./setting-names.ts";
import type { Difference } from "./settings-conflict.ts";
import type { OthersVersion } from "./use-settings-form.ts";

interface ConflictDialogProps {
  readonly others: OthersVersion;
  readonly saving: boolean;
  /** Saves with my values at these paths. */
  readonly onSave: (keep: ReadonlySet<string>) => void;
  readonly onDiscard: () => void;
}

/** Shows what somebody else has saved meanwhile, and lets choose where both have changed the same. */
export function ConflictDialog({ others, saving, onSave, onDiscard }: ConflictDialogProps) {
  const { t } = useText();
  const [keep, setKeep] = useState<ReadonlySet<string>>(new Set(others.toChoose.map(({ path }) => path)));
  const dialog = useRef<HTMLDialogElement>(null);
  // A dialog that is not modal, such as after an error of the browser, can't be seen.
  useEffect(() => dialog.current?.showModal(), []);
  const choose = (path: string, mine: boolean): void => {
    const next = new Set(keep);
    if (mine) next.add(path);
    else next.delete(path);
    setKeep(next);
  };
  return (
    <dialog
      class="sheet"
      ref={dialog}
      aria-labelledby="conflict-title"
      // Escape would leave the page without an answer to the question.
      onCancel={(event) => event.preventDefault()}
    >
      <h2 class="sheet-title" id="conflict-title">
        {t("conflictTitle")}
      </h2>
      <p class="sheet-lead">{t("saveConflict")}</p>
      {others.toChoose.length > 0 && (
        <section class="conflict-part">
          <h3 class="conflict-heading">{t("conflictBoth")}</h3>
          {others.toChoose.map((difference) => (
            <Choice
              key={difference.path}
              difference={difference}
              mine={keep.has(difference.path)}
              onChoose={(mine) => choose(difference.path, mine)}
            />
          ))}
        </section>
      )}
      {others.onlyTheirs.length > 0 && (
        <section class="conflict-part">
          <h3 class="conflict-heading">{t("conflictTheirs")}</h3>
          <ul class="conflict-list">
            {others.onlyTheirs.map((difference) => (
              <OnlyTheirs key={difference.path} difference={difference} />
            ))}
          </ul>
        </section>
      )}
      <div class="sheet-buttons">
        <button type="button" class="button button-plain" disabled={saving} onClick={onDiscard}>
          {t("conflictDiscard")}
        </button>
        <button type="button" class="button button-primary" disabled={saving} onClick={() => onSave(keep)}>
          {saving ? t("saving") : t("conflictSave")}
        </button>
      </div>
    </dialog>
  );
}

interface ChoiceProps {
  readonly difference: Difference;
  readonly mine: boolean;
  readonly onChoose: (mine: boolean) => void;
}

function Choice({ difference, mine, onChoose }: ChoiceProps) {
  const text = useText();
  const { t } = text;
  const options = [
    { chosen: mine, label: t("conflictMine"), value: difference.mine, isMine: true },
    { chosen: !mine, label: t("conflictOther"), value: difference.theirs, isMine: false },
  ];
  return (
    <fieldset class="options conflict-choice">
      <legend class="field-label">{settingName(text, difference.path)}</legend>
      {options.map(({ chosen, label, value, isMine }) => (
        <label class="option" key={label}>
          <input type="radio" name={difference.path} checked={chosen} onChange={() => onChoose(isMine)} />
          <span>
            <span class="option-name">{label}</span>
            <span class="option-note conflict-value" dir="auto">
              {settingValue(text, value)}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function OnlyTheirs({ difference }: { readonly difference: Difference }) {
  const text = useText();
  return (
    <li>
      <b>{settingName(text, difference.path)}</b>{" "}
      <span class="conflict-value" dir="auto">
        {settingValue(text, difference.theirs)}
      </span>
    </li>
  );
}
