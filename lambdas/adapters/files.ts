import {
  CopyObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NotFound,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type { ConversationRef } from "../domain/conversation.ts";
import type { FileRecord } from "../store/files.ts";

/** The contents of files. Addresses are paths of our own origin: CloudFront takes them to the bucket (ADR 20). */
export interface FileObjects {
  /** Where one file of exactly this size and type can be put. The browser adds the length by itself. */
  uploadAddress(file: FileRecord): Promise<Address & { readonly headers: Readonly<Record<string, string>> }>;
  /** Where it can be fetched, as a download under its name and in no other type than its own. */
  downloadAddress(file: FileRecord): Promise<Address>;
  /**
   * Takes an uploaded file to where it stays and nobody can replace it. False: nothing of that size was uploaded. Doing
   * it again does no harm.
   */
  keep(file: FileRecord): Promise<boolean>;
  /** Deletes every content of a conversation, sent or not. */
  erase(ref: ConversationRef): Promise<void>;
}

export interface Address {
  /** Path and query. */
  readonly url: string;
  readonly expiresInSeconds: number;
}

/** Seconds that addresses live. The credentials that sign them may end sooner, and the address with them. */
export const addressLifetimes = { upload: 10 * 60, download: 5 * 60 } as const;

/** The bucket deletes what stays below `unsent/` for two days; `lib/files.ts` says so. */
const prefixes = { unsent: "files/unsent", sent: "files/sent" } as const;

/** Makes its client itself, so that whoever loads this file only when it is needed loads S3's client then, too. */
export function openFileBucket(config: S3ClientConfig, bucket: string): FileObjects {
  const client = new S3Client({
    ...config,
    // A checksum of nothing would be signed into an upload address, and every upload refused.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });
  return {
    async uploadAddress(file) {
      const { type, size } = file;
      const put = new PutObjectCommand({
        Bucket: bucket,
        Key: keyOf(file, "unsent"),
        ContentType: type,
        ContentLength: size,
      });
      const url = await getSignedUrl(client, put, {
        expiresIn: addressLifetimes.upload,
        // Left out by default: then anything of any size could be put there.
        signableHeaders: new Set(["host", "content-type", "content-length"]),
      });
      return { url: onOurOrigin(url), headers: { "content-type": type }, expiresInSeconds: addressLifetimes.upload };
    },

    async downloadAddress(file) {
      const get = new GetObjectCommand({
        Bucket: bucket,
        Key: keyOf(file, file.sentAt === undefined ? "unsent" : "sent"),
        ResponseContentType: file.type,
        ResponseContentDisposition: attachmentNamed(file.name),
      });
      const url = await getSignedUrl(client, get, { expiresIn: addressLifetimes.download });
      return { url: onOurOrigin(url), expiresInSeconds: addressLifetimes.download };
    },

    async keep(file) {
      const source = { Bucket: bucket, Key: keyOf(file, "unsent") };
      const uploaded = await client.send(new HeadObjectCommand(source)).catch((error: unknown) => {
        if (error instanceof NotFound) return undefined;
        throw error;
      });
      if (uploaded === undefined || uploaded.ContentLength !== file.size) return false;
      await client.send(
        new CopyObjectCommand({ Bucket: bucket, Key: keyOf(file, "sent"), CopySource: `${bucket}/${source.Key}` }),
      );
      return true;
    },

    async erase(ref) {
      for (const prefix of Object.values(prefixes)) await eraseBelow(`${prefix}/${folderOf(ref)}/`);
    },
  };

  async function eraseBelow(prefix: string): Promise<void> {
    let token: string | undefined;
    do {
      const page = await client.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ...(token ? { ContinuationToken: token } : {}) }),
      );
      const keys = (page.Contents ?? []).flatMap(({ Key }) => Key ?? []);
      if (keys.length > 0) {
        const { Errors = [] } = await client.send(
          new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: keys.map((Key) => ({ Key })), Quiet: true } }),
        );
        if (Errors.length > 0) throw new Error(`${Errors.length} files could not be deleted.`);
      }
      token = page.NextContinuationToken;
    } while (token !== undefined);
  }
}

function keyOf(file: FileRecord, state: keyof typeof prefixes): string {
  return `${prefixes[state]}/${folderOf(file)}/${file.fileId}`;
}

function folderOf({ chatbotId, conversationId }: ConversationRef): string {
  return `${chatbotId}/${conversationId}`;
}

/** The signature covers the bucket's host, which CloudFront sends instead of ours; path and query are the same. */
function onOurOrigin(signed: string): string {
  const { pathname, search } = new URL(signed);
  return `${pathname}${search}`;
}

/** RFC 6266, with RFC 8187's spelling of names: every byte but the few that need none is percent-encoded. */
export function attachmentNamed(name: string): string {
  const encoded = encodeURIComponent(name).replace(
    /['()*!]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename*=UTF-8''${encoded}`;
}
