import type { FileObjects } from "../adapters/files.ts";
import type { Attachment } from "../contracts/protocol.ts";
import { DomainError } from "../domain/errors.ts";
import type { FileStore } from "../store/files.ts";
import type { Participant } from "./participant.ts";

export interface AttachingServices {
  readonly files: Pick<FileStore, "get" | "markSent">;
  readonly fileObjects: Pick<FileObjects, "keep">;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Makes uploaded files part of a message that is about to be stored: each is one that the sender's side announced to this
 * conversation, and its content is there. From now on both sides can read it and nobody can replace it. Attaching again,
 * as a repeated message does, changes nothing.
 *
 * @throws DomainError `bad_request` that names the file
 */
export async function attachFiles(
  services: AttachingServices,
  who: Pick<Participant, "ref" | "party">,
  fileIds: readonly string[],
): Promise<readonly Attachment[]> {
  return Promise.all([...new Set(fileIds)].map((fileId, index) => attach(services, who, fileId, index)));
}

async function attach(
  { files, fileObjects, now }: AttachingServices,
  { ref, party }: Pick<Participant, "ref" | "party">,
  fileId: string,
  index: number,
): Promise<Attachment> {
  const file = await files.get(ref, fileId);
  if (file === undefined || file.party !== party) throw refused(index, "is not a file that your side uploaded here");
  if (file.sentAt === undefined) {
    if (!(await fileObjects.keep(file))) throw refused(index, "has not been uploaded completely");
    await files.markSent(ref, fileId, now());
  }
  const { name, type, size } = file;
  return { fileId, name, type, size };
}

function refused(index: number, message: string): DomainError {
  return new DomainError("bad_request", "A file can't be sent. Upload it again.", [
    { path: `attachments.${index}`, message },
  ]);
}
