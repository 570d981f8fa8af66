import { useText } from "../text.ts";
import type { SaveResult } from "./use-settings-form.ts";

interface SaveBarProps {
  readonly changed: boolean;
  readonly saving: boolean;
  readonly result: SaveResult | undefined;
  readonly onDiscard: () => void;
  /** After a conflict: drops the draft and shows what the other owner saved. */
  readonly onReload: () => void;
}

/** Stays in sight while there is something to save or something to say about it. */
export function SaveBar({ changed, saving, result, onDiscard, onReload }: SaveBarProps) {
  const { t } = useText();
  const bad = result !== undefined && result !== "saved";
  return (
    <div class={`save-bar${changed || result !== undefined ? " save-bar-shown" : ""}${bad ? " save-bar-bad" : ""}`}>
      <p class="save-bar-text" role="status" aria-live="polite">
        {textOf(t, changed, result)}
      </p>
      {result === "conflict" ? (
        <button type="button" class="button button-plain" onClick={onReload}>
          {t("reloadSettings")}
        </button>
      ) : (
        changed && (
          <>
            <button type="button" class="button button-plain" disabled={saving} onClick={onDiscard}>
              {t("discard")}
            </button>
            <button type="submit" class="button button-primary" disabled={saving}>
              {saving ? t("saving") : t("save")}
            </button>
          </>
        )
      )}
    </div>
  );
}

function textOf(t: ReturnType<typeof useText>["t"], changed: boolean, result: SaveResult | undefined): string {
  if (result === "conflict") return t("saveConflict");
  if (result === "invalid") return t("saveInvalid");
  if (typeof result === "object") return t("saveFailed", { reason: result.failed });
  if (changed) return t("unsavedChanges");
  return result === "saved" ? t("saved") : "";
}
