import type { JSX } from "preact";
import type { Attachment, ClientActionInput, ServerFrame } from "../../../lambdas/contracts/protocol.ts";
import type { ComposerFiles } from "../composer.tsx";
import type { ConnectionStatus } from "../connection.ts";
import type { ConversationModel } from "../conversation-model.ts";
import { putFile } from "../files/put-file.ts";
import { Uploads, type UploadsOptions } from "../files/upload.ts";
import type { MessageLine } from "../lines.ts";
import { TypingNotice, Writers } from "../typing.ts";
import type { ReadFile } from "./attachments.tsx";
import { ComposerTools, type RefusedFile } from "./composer-tools.tsx";
import type { ExtrasLanguage } from "./languages.ts";
import { MessageBody, RichText } from "./message-body.tsx";
import { WritersLine } from "./writers-line.tsx";

/** What the extras need of a connection. */
export interface ExtrasChannel {
  readonly status: ConnectionStatus;
  send(action: ClientActionInput): boolean;
  onFrame(listener: (frame: ServerFrame) => void): () => void;
}

export interface TalkExtrasOptions {
  readonly model: ConversationModel;
  readonly channel: ExtrasChannel;
  readonly language: ExtrasLanguage;
  /** Names somebody who writes and has no name. */
  readonly fallbackName: string;
  /** Asks for an address to upload to; undefined where files can't be sent. */
  readonly requestUpload: UploadsOptions["request"] | undefined;
  readonly readFile: ReadFile;
  /** What these draw has changed: the face draws itself again. */
  readonly onChange: () => void;
}

/**
 * What the conversation of a widget or portal has beyond plain messages: Markdown, files, emoji, and who is writing. It
 * comes after the first drawing; a face draws what is here where it is here, and plain text where it is not.
 */
export class TalkExtras {
  readonly #options: TalkExtrasOptions;
  readonly #notice: TypingNotice;
  readonly #ends: (() => void)[] = [];
  readonly #uploads: Uploads | undefined;
  #writers: Writers | undefined;
  #refused: readonly RefusedFile[] = [];

  constructor(options: TalkExtrasOptions) {
    const { channel, requestUpload, onChange, model } = options;
    this.#options = options;
    this.#notice = new TypingNotice(() => channel.send({ action: "typing" }));
    this.#uploads = requestUpload && new Uploads({ request: requestUpload, put: putFile, changed: onChange });
    this.#ends.push(
      channel.onFrame((frame) => {
        const { conversationId } = model;
        if (conversationId === undefined) return;
        this.#writers ??= new Writers(conversationId, onChange);
        this.#writers.take(frame);
      }),
    );
  }

  /** What a message says, for the inside of its bubble. */
  body(line: MessageLine): JSX.Element {
    const { language, readFile } = this.#options;
    return <MessageBody line={line} language={language} readFile={readFile} />;
  }

  /** What the owner wrote: a greeting, a waiting message. */
  text(text: string): JSX.Element {
    return <RichText text={text} />;
  }

  /** Who is writing, for the end of the conversation. */
  writers(): JSX.Element {
    const { language, fallbackName, model } = this.#options;
    const others = this.#writers?.all.filter(({ by }) => by !== model.party) ?? [];
    return <WritersLine writers={others} fallbackName={fallbackName} text={language.texts.isTyping} />;
  }

  /** For the composer's box. */
  tools(): JSX.Element {
    return (
      <ComposerTools
        language={this.#options.language}
        uploads={this.#uploads}
        refused={this.#refused}
        onFiles={this.#addFiles}
        onDismiss={() => this.#refuse([])}
      />
    );
  }

  /** Whether the next message has files, and whether it has to wait for one. */
  get files(): ComposerFiles {
    if (this.#uploads === undefined) return "none";
    return this.#uploads.busy ? "underWay" : this.#uploads.attachments.length > 0 ? "ready" : "none";
  }

  /** The files of the message that goes out now. */
  takeFiles(): readonly Attachment[] {
    const files = this.#uploads?.attachments ?? [];
    this.#uploads?.clear();
    this.#refuse([]);
    this.#notice.sent();
    return files;
  }

  /** Something is being written. The other side is told, unless nobody is there but the AI. */
  typed(text: string): void {
    const { channel, model } = this.#options;
    const { status } = model.state ?? {};
    const isConnected = channel.status === "live" || channel.status === "polling";
    const isWithPeople = model.party === "agent" || status === "unassigned" || status === "open";
    if (text !== "" && isConnected && isWithPeople) this.#notice.typed();
  }

  /** Listens and counts no longer. */
  stop(): void {
    for (const end of this.#ends) end();
    this.#writers?.stop();
    for (const { key } of this.#uploads?.all ?? []) this.#uploads?.remove(key);
  }

  /** One function for good: listeners depend on it. */
  readonly #addFiles = (files: readonly File[]): void => {
    const refused = this.#uploads?.add(files) ?? [];
    this.#refuse(refused.map(({ file, problem }) => ({ name: file.name, problem })));
  };

  #refuse(refused: readonly RefusedFile[]): void {
    this.#refused = refused;
    this.#options.onChange();
  }
}
