import { attachmentTypes, limits } from "../../../lambdas/contracts/limits.ts";
import type { Attachment } from "../../../lambdas/contracts/protocol.ts";

export type UploadType = (typeof attachmentTypes)[number];
export type UploadState = "uploading" | "done" | "failed";
/** Why a file can't be sent at all. */
export type FileProblem = "type" | "size" | "empty" | "count";

export interface UploadGrant {
  readonly fileId: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** One file on its way. */
export interface Upload {
  readonly key: string;
  readonly file: File;
  readonly type: UploadType;
  readonly state: UploadState;
  /** 0 to 1. */
  readonly progress: number;
  /** Once it is there. */
  readonly attachment?: Attachment;
}

/** Sends the content; rejects when it did not arrive or was cancelled. */
export type Put = (
  grant: UploadGrant,
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
) => Promise<void>;

export interface UploadsOptions {
  readonly request: (
    file: { name: string; type: UploadType; size: number },
    signal: AbortSignal,
  ) => Promise<UploadGrant>;
  readonly put: Put;
  readonly changed: () => void;
}

/** Types that browsers do not name for every system. */
const typesByEnding: Readonly<Record<string, UploadType>> = {
  csv: "text/csv",
  txt: "text/plain",
  zip: "application/zip",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

export function typeOf(file: Pick<File, "name" | "type">): UploadType | undefined {
  const named = attachmentTypes.find((type) => type === file.type);
  return named ?? typesByEnding[file.name.split(".").at(-1)?.toLowerCase() ?? ""];
}

export function problemOf(file: Pick<File, "name" | "type" | "size">): Exclude<FileProblem, "count"> | undefined {
  if (typeOf(file) === undefined) return "type";
  if (file.size === 0) return "empty";
  return file.size > limits.attachmentBytes ? "size" : undefined;
}

/** The files of the next message: each is uploaded at once, and can be tried again or taken out. */
export class Uploads {
  readonly #options: UploadsOptions;
  readonly #aborts = new Map<string, AbortController>();
  #all: readonly Upload[] = [];
  #counter = 0;

  constructor(options: UploadsOptions) {
    this.#options = options;
  }

  get all(): readonly Upload[] {
    return this.#all;
  }

  /** Whether the message has to wait for a file. */
  get busy(): boolean {
    return this.#all.some(({ state }) => state === "uploading");
  }

  get attachments(): readonly Attachment[] {
    return this.#all.flatMap(({ attachment }) => attachment ?? []);
  }

  /** Begins to upload what can be sent. Returns what can't, and why. */
  add(files: readonly File[]): readonly { readonly file: File; readonly problem: FileProblem }[] {
    const refused: { file: File; problem: FileProblem }[] = [];
    for (const file of files) {
      const full = this.#all.length >= limits.attachmentsPerMessage;
      const problem = full ? "count" : problemOf(file);
      const type = typeOf(file);
      if (problem !== undefined || type === undefined) refused.push({ file, problem: problem ?? "type" });
      else {
        const upload: Upload = { key: `${++this.#counter}`, file, type, state: "uploading", progress: 0 };
        this.#set([...this.#all, upload]);
        void this.#run(upload);
      }
    }
    return refused;
  }

  retry(key: string): void {
    const upload = this.#all.find((each) => each.key === key);
    if (upload === undefined) return;
    this.#change(key, { state: "uploading", progress: 0 });
    void this.#run(upload);
  }

  /** Takes a file out, on its way or not. */
  remove(key: string): void {
    this.#aborts.get(key)?.abort();
    this.#set(this.#all.filter((each) => each.key !== key));
  }

  /** The message has gone out with what is done. */
  clear(): void {
    this.#set(this.#all.filter(({ state }) => state !== "done"));
  }

  async #run({ key, file, type }: Upload): Promise<void> {
    const abort = new AbortController();
    this.#aborts.set(key, abort);
    try {
      const name = file.name.slice(0, 200);
      const grant = await this.#options.request({ name, type, size: file.size }, abort.signal);
      await this.#options.put(grant, file, (progress) => this.#change(key, { progress }), abort.signal);
      const attachment = { fileId: grant.fileId, name, type, size: file.size };
      this.#change(key, { state: "done", progress: 1, attachment });
    } catch {
      // One that was taken out is not there any more.
      this.#change(key, { state: "failed" });
    } finally {
      this.#aborts.delete(key);
    }
  }

  #change(key: string, change: Partial<Upload>): void {
    this.#set(this.#all.map((each) => (each.key === key ? { ...each, ...change } : each)));
  }

  #set(all: readonly Upload[]): void {
    this.#all = all;
    this.#options.changed();
  }
}
