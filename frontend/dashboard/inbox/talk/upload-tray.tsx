import type { JSX } from "preact";
import { sizeText } from "../../../shared/files/file-size.ts";
import type { FileProblem, Upload, Uploads } from "../../../shared/files/upload.ts";
import { Glyph } from "../../glyph.tsx";
import { useText } from "../../text.ts";

export interface RefusedFile {
  readonly name: string;
  readonly problem: FileProblem;
}

interface UploadTrayProps {
  readonly uploads: Uploads;
  readonly refused: readonly RefusedFile[];
  readonly onDismiss: () => void;
}

/** The files of the next message, with how far they are. */
export function UploadTray({ uploads, refused, onDismiss }: UploadTrayProps): JSX.Element | null {
  const { t } = useText();
  if (uploads.all.length === 0 && refused.length === 0) return null;
  return (
    <div class="upload-tray">
      {uploads.all.length > 0 && (
        <ul class="uploads">
          {uploads.all.map((upload) => (
            <UploadLine key={upload.key} upload={upload} uploads={uploads} />
          ))}
        </ul>
      )}
      {refused.length > 0 && (
        <div class="upload-refused" role="alert">
          {refused.map(({ name, problem }) => (
            <p key={name}>
              <bdi>{name}</bdi>: {t(`fileProblem_${problem}`)}
            </p>
          ))}
          <button type="button" class="text-button" onClick={onDismiss}>
            {t("dismiss")}
          </button>
        </div>
      )}
    </div>
  );
}

function UploadLine({ upload, uploads }: { readonly upload: Upload; readonly uploads: Uploads }): JSX.Element {
  const { t, locale } = useText();
  const { key, file, state, progress } = upload;
  return (
    <li class={`upload is-${state}`}>
      <Glyph name="file" size={16} />
      <span class="upload-name" dir="auto">
        {file.name}
      </span>
      <span class="upload-size">{state === "failed" ? t("uploadFailed") : sizeText(file.size, locale)}</span>
      {state === "uploading" && <progress class="upload-progress" max={1} value={progress} aria-label={file.name} />}
      {state === "failed" && (
        <button type="button" class="text-button" onClick={() => uploads.retry(key)}>
          {t("tryAgain")}
        </button>
      )}
      <button
        type="button"
        class="icon-button"
        aria-label={t("removeFile", { name: file.name })}
        onClick={() => uploads.remove(key)}
      >
        <Glyph name="close" size={14} />
      </button>
    </li>
  );
}
