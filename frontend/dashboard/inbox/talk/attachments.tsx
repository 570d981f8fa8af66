import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Attachment } from "../../../../lambdas/contracts/protocol.ts";
import { sizeText } from "../../../shared/files/file-size.ts";
import { Glyph } from "../../glyph.tsx";
import { useText } from "../../text.ts";
import "./attachments.css";
import { onOwnOrigin } from "../../../shared/files/put-file.ts";

/** Asks for an address that the file can be had from for a few minutes. */
export type ReadFile = (fileId: string) => Promise<{ readonly url: string; readonly expiresInSeconds: number }>;

interface AttachmentsProps {
  readonly files: readonly Attachment[];
  readonly readFile: ReadFile;
}

const pictures = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);

/** The files of a message: pictures are shown, others stand with name and size. A press downloads. */
export function Attachments({ files, readFile }: AttachmentsProps): JSX.Element {
  return (
    <ul class="attachments">
      {files.map((file) => (
        <li key={file.fileId}>
          {pictures.has(file.type) ? (
            <Picture file={file} readFile={readFile} />
          ) : (
            <FileRow file={file} readFile={readFile} />
          )}
        </li>
      ))}
    </ul>
  );
}

interface AttachmentProps {
  readonly file: Attachment;
  readonly readFile: ReadFile;
}

function Picture({ file, readFile }: AttachmentProps): JSX.Element {
  const [address, setAddress] = useState<string>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let wanted = true;
    readFile(file.fileId).then(
      ({ url }) => wanted && setAddress(onOwnOrigin(url)),
      () => wanted && setFailed(true),
    );
    return () => {
      wanted = false;
    };
  }, [file.fileId, readFile]);
  if (failed) return <FileRow file={file} readFile={readFile} />;
  return (
    <button type="button" class="attachment-picture" onClick={() => void download(file, readFile)}>
      {address !== undefined && <img src={address} alt={file.name} onError={() => setFailed(true)} />}
    </button>
  );
}

function FileRow({ file, readFile }: AttachmentProps): JSX.Element {
  const { t, locale } = useText();
  const [failed, setFailed] = useState(false);
  const fetchFile = () => {
    setFailed(false);
    download(file, readFile).catch(() => setFailed(true));
  };
  return (
    <button type="button" class="attachment-file" onClick={fetchFile}>
      <Glyph name="file" />
      <span class="attachment-name" dir="auto">
        {file.name}
      </span>
      <span class="attachment-size">{failed ? t("downloadFailed") : sizeText(file.size, locale)}</span>
      <Glyph name="download" size={16} />
      <span class="visually-hidden">{t("download")}</span>
    </button>
  );
}

/** The address is asked for when it is needed: it holds for minutes only. The server makes it a download. */
async function download({ fileId, name }: Attachment, readFile: ReadFile): Promise<void> {
  const { url } = await readFile(fileId);
  const link = document.createElement("a");
  link.href = onOwnOrigin(url);
  link.download = name;
  link.click();
}
