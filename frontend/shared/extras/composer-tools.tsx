import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { attachmentTypes } from "../../../lambdas/contracts/limits.ts";
import type { FileProblem, Uploads } from "../files/upload.ts";
import { EmojiButton } from "./emoji-button.tsx";
import { ExtraIcon } from "./extra-icon.tsx";
import type { ExtrasLanguage } from "./languages.ts";
import { later } from "./later.tsx";
import "./composer-tools.css";

const UploadTray = later(async () => (await import("./upload-tray.tsx")).UploadTray);

export interface RefusedFile {
  readonly name: string;
  readonly problem: FileProblem;
}

interface ComposerToolsProps {
  readonly language: ExtrasLanguage;
  /** Undefined where files can't be sent. */
  readonly uploads: Uploads | undefined;
  readonly refused: readonly RefusedFile[];
  readonly onFiles: (files: readonly File[]) => void;
  readonly onDismiss: () => void;
}

/** What stands beside the composer's field: files (chosen, pasted or dropped on the conversation) and emoji. */
export function ComposerTools({ language, uploads, refused, onFiles, onDismiss }: ComposerToolsProps): JSX.Element {
  const { texts } = language;
  const root = useRef<HTMLSpanElement>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const takesFiles = uploads !== undefined;
  useEffect(() => {
    if (!takesFiles) return;
    const field = root.current?.closest("form");
    const zone = root.current?.closest(".conversation-view");
    const over = new AbortController();
    const listen = (on: Element | null | undefined, event: string, run: (event: never) => void) =>
      on?.addEventListener(event, run as (event: Event) => void, { signal: over.signal });
    const take = (event: Event, data: DataTransfer | null) => {
      if (data === null || data.files.length === 0) return;
      event.preventDefault();
      onFiles([...data.files]);
    };
    listen(field, "paste", (event: ClipboardEvent) => take(event, event.clipboardData));
    listen(zone, "dragover", (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      setIsOver(true);
    });
    listen(zone, "dragleave", (event: DragEvent) => {
      if (!(event.relatedTarget instanceof Node && zone?.contains(event.relatedTarget))) setIsOver(false);
    });
    listen(zone, "drop", (event: DragEvent) => {
      setIsOver(false);
      take(event, event.dataTransfer);
    });
    return () => over.abort();
  }, [takesFiles, onFiles]);

  return (
    <>
      {uploads !== undefined && uploads.all.length + refused.length > 0 && (
        <UploadTray language={language} uploads={uploads} refused={refused} onDismiss={onDismiss} />
      )}
      <span class="composer-tools" ref={root}>
        {takesFiles && (
          <button
            type="button"
            class="composer-tool"
            aria-label={texts.attachFiles}
            title={texts.attachFiles}
            onClick={() => chooser.current?.click()}
          >
            <ExtraIcon name="attach" />
          </button>
        )}
        <input
          ref={chooser}
          type="file"
          multiple
          hidden
          // A phone offers its camera, since pictures are among them.
          accept={attachmentTypes.join()}
          onChange={({ currentTarget }) => {
            onFiles([...(currentTarget.files ?? [])]);
            // The same file may be chosen again.
            currentTarget.value = "";
          }}
        />
        {/* The keyboard of a touch screen has them all. */}
        {matchMedia("(pointer: fine)").matches && <EmojiButton texts={texts} />}
      </span>
      {isOver && (
        <span class="composer-drop" aria-hidden="true">
          {texts.dropFiles}
        </span>
      )}
    </>
  );
}
