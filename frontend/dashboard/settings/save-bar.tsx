import { useText } from "../text.ts";
import type { SaveResult } from "./use-settings-form.ts";

interface SaveBarProps {
  readonly changed: boolean;
  readonly saving: boolean;
  readonly result: SaveResult | undefined;
  readonly onSave: () => void;
  readonly onDiscard: () => void;
}

/** Stays in sight on every page of the settings while there is something to save or something to say about it. */
export function SaveBar({ changed, saving, result, onSave, onDiscard }: SaveBarProps) {
  const { t } = useText();
  const bad = result === "invalid" || (typeof result === "object" && "failed" in result);
  return (
    <div class={`save-bar${changed || result !== undefined ? " save-bar-shown" : ""}${bad ? " save-bar-bad" : ""}`}>
      <p class="save-bar-text" role="status" aria-live="polite">
        {textOf(t, changed, result)}
      </p>
      {changed && (
        <>
          <button type="button" class="button button-plain" disabled={saving} onClick={onDiscard}>
            {t("discard")}
          </button>
          <button type="button" class="button button-primary" disabled={saving} onClick={onSave}>
            {saving ? t("saving") : t("save")}
          </button>
        </>
      )}
    </div>
  );
}

function textOf(t: ReturnType<typeof useText>["t"], changed: boolean, result: SaveResult | undefined): string {
  if (result === "invalid") return t("saveInvalid");
  if (typeof result === "object" && "failed" in result) return t("saveFailed", { reason: result.failed });
  if (changed) return t("unsavedChanges");
  return result === "saved" ? t("saved") : "";
}
