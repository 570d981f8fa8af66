import type { JSX } from "preact";
import { sizeText } from "../files/file-size.ts";
import type { Upload, Uploads } from "../files/upload.ts";
import { fill } from "../i18n.ts";
import type { RefusedFile } from "./composer-tools.tsx";
import { ExtraIcon } from "./extra-icon.tsx";
import type { ExtrasLanguage } from "./languages.ts";
import "./upload-tray.css";

interface UploadTrayProps {
  readonly language: ExtrasLanguage;
  readonly uploads: Uploads;
  readonly refused: readonly RefusedFile[];
  readonly onDismiss: () => void;
}

/** The files of the next message, with how far they are, and those that can't be sent. */
export function UploadTray({ language, uploads, refused, onDismiss }: UploadTrayProps): JSX.Element {
  const { texts } = language;
  return (
    <div class="upload-tray">
      <ul>
        {uploads.all.map((upload) => (
          <UploadLine key={upload.key} upload={upload} uploads={uploads} language={language} />
        ))}
      </ul>
      {refused.length > 0 && (
        <div class="upload-refused" role="alert">
          {refused.map(({ name, problem }) => (
            <p key={name}>
              <bdi>{name}</bdi>
              {`: ${texts[`fileProblem_${problem}`]}`}
            </p>
          ))}
          <button type="button" class="upload-button" onClick={onDismiss}>
            {texts.dismiss}
          </button>
        </div>
      )}
    </div>
  );
}

interface UploadLineProps extends Pick<UploadTrayProps, "uploads" | "language"> {
  readonly upload: Upload;
}

function UploadLine({ upload, uploads, language: { texts, locale } }: UploadLineProps): JSX.Element {
  const { key, file, state, progress } = upload;
  const { name } = file;
  return (
    <li class={`upload is-${state}`}>
      <ExtraIcon name="file" size={16} />
      <bdi class="upload-name">{name}</bdi>
      {state === "uploading" ? (
        <progress class="upload-progress" max={1} value={progress} aria-label={name} />
      ) : (
        <span class="upload-size" role={state === "failed" ? "alert" : undefined}>
          {state === "failed" ? texts.uploadFailed : sizeText(file.size, locale)}
        </span>
      )}
      {state === "failed" && (
        <button type="button" class="upload-button" onClick={() => uploads.retry(key)}>
          {texts.tryAgain}
        </button>
      )}
      <button
        type="button"
        class="composer-tool"
        aria-label={fill(texts.removeFile, { name })}
        onClick={() => uploads.remove(key)}
      >
        <ExtraIcon name="close" size={16} />
      </button>
    </li>
  );
}
