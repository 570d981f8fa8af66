import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { saveFile } from "../../../shared/save-file.ts";
import { Glyph } from "../../glyph.tsx";
import { useText } from "../../text.ts";
import type { OpenConversation } from "../talk/open-conversation.ts";
import { type ExportFormat, transcriptFile } from "./transcript-file.ts";

/** Entries of a menu that save this conversation with everything that was ever written in it. */
export function ExportItems({
  conversation,
  onDone,
}: {
  readonly conversation: OpenConversation;
  readonly onDone: () => void;
}): JSX.Element {
  const { t } = useText();
  const [failed, setFailed] = useState(false);
  const [busy, setBusy] = useState(false);
  const save = async (format: ExportFormat): Promise<void> => {
    setBusy(true);
    setFailed(false);
    try {
      const whole = await conversation.readWhole();
      saveFile(
        `conversation-${whole.row.reference ?? whole.row.conversationId}`,
        await transcriptFile([whole], format),
        format,
      );
      onDone();
    } catch {
      setFailed(true);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {(["csv", "json"] as const).map((format) => (
        <button key={format} type="button" class="menu-item" disabled={busy} onClick={() => void save(format)}>
          <Glyph name="download" size={16} />
          <span class="menu-item-text">{t("exportConversation", { format: format.toUpperCase() })}</span>
        </button>
      ))}
      {failed && (
        <p class="menu-note" role="alert">
          {t("exportFailed")}
        </p>
      )}
    </>
  );
}
