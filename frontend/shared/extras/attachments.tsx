import type { ComponentChildren, JSX, RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Attachment } from "../../../lambdas/contracts/protocol.ts";
import { sizeText } from "../files/file-size.ts";
import { onOwnOrigin } from "../files/put-file.ts";
import { fill } from "../i18n.ts";
import { ExtraIcon } from "./extra-icon.tsx";
import type { ExtrasLanguage } from "./languages.ts";
import "./attachments.css";

/** Asks for an address that a file can be had from for a few minutes. */
export type ReadFile = (fileId: string) => Promise<{ readonly url: string }>;

interface AttachmentsProps {
  readonly files: readonly Attachment[];
  readonly language: ExtrasLanguage;
  /** Undefined while the message is not stored: until then its files can't be read. */
  readonly readFile: ReadFile | undefined;
}

/** The files of a message: pictures are shown, others stand with name, type and size. A press downloads. */
export function Attachments({ files, ...rest }: AttachmentsProps): JSX.Element {
  return (
    <ul class="attachment-list">
      {files.map((file) => (
        <li key={file.fileId}>
          {file.type.startsWith("image/") ? <Picture file={file} {...rest} /> : <FileRow file={file} {...rest} />}
        </li>
      ))}
    </ul>
  );
}

interface AttachmentProps extends Omit<AttachmentsProps, "files"> {
  readonly file: Attachment;
}

/** Addresses that a picture is asked for before we give up: the first may have expired while the page slept. */
const addressesPerPicture = 2;

/** Has its place before it is there, and is fetched when it comes into sight. */
function Picture(props: AttachmentProps): JSX.Element {
  const { file, readFile, language } = props;
  const box = useRef<HTMLButtonElement>(null);
  const [address, setAddress] = useState<string | undefined>(undefined);
  const [failures, setFailures] = useState(0);
  const fail = () => setFailures((before) => before + 1);
  const isLost = failures >= addressesPerPicture;
  useEffect(() => {
    const element = box.current;
    if (readFile === undefined || element === null || isLost) return;
    const observer = new IntersectionObserver(([seen]) => {
      if (seen?.isIntersecting !== true) return;
      observer.disconnect();
      readFile(file.fileId).then(({ url }) => setAddress(onOwnOrigin(url)), fail);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [readFile === undefined, failures]);
  if (isLost) return <FileRow {...props} />;
  return (
    <DownloadButton {...props} class="attachment-picture" button={box}>
      {address !== undefined && <img src={address} alt={file.name} onError={fail} />}
      {address === undefined && <span class="visually-hidden">{fill(language.texts.download, file)}</span>}
    </DownloadButton>
  );
}

function FileRow(props: AttachmentProps): JSX.Element {
  const { file, language } = props;
  const ending = file.name.split(".").at(-1)?.slice(0, 5).toUpperCase();
  return (
    <DownloadButton {...props} class="attachment-file">
      <ExtraIcon name="file" />
      <span class="attachment-names">
        <bdi class="attachment-name">{file.name}</bdi>
        <span>{`${ending} · ${sizeText(file.size, language.locale)}`}</span>
      </span>
      <ExtraIcon name="download" size={16} />
    </DownloadButton>
  );
}

interface DownloadButtonProps extends AttachmentProps {
  readonly class: string;
  readonly button?: RefObject<HTMLButtonElement | null>;
  readonly children: ComponentChildren;
}

function DownloadButton({ file, readFile, language, button, children, ...rest }: DownloadButtonProps): JSX.Element {
  const [failed, setFailed] = useState(false);
  const unobserved = useRef<HTMLButtonElement>(null);
  const title = fill(language.texts.download, file);
  return (
    <>
      <button
        type="button"
        class={rest.class}
        ref={button ?? unobserved}
        title={title}
        disabled={readFile === undefined}
        onClick={() => {
          setFailed(false);
          download(file, readFile).catch(() => setFailed(true));
        }}
      >
        {children}
      </button>
      {failed && (
        <p class="attachment-problem" role="alert">
          {language.texts.notAvailable}
        </p>
      )}
    </>
  );
}

/** The address is asked for when it is needed: it holds for minutes only. The server makes it a download. */
async function download({ fileId, name }: Attachment, readFile: ReadFile | undefined): Promise<void> {
  if (readFile === undefined) return;
  const { url } = await readFile(fileId);
  const link = document.createElement("a");
  link.href = onOwnOrigin(url);
  link.download = name;
  link.click();
}
