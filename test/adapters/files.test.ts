import {
  CopyObjectCommand,
  DeleteObjectsCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NotFound,
  S3Client,
} from "@aws-sdk/client-s3";
import { mockClient } from "aws-sdk-client-mock";
import { beforeEach, describe, expect, it } from "vitest";
import { attachmentNamed, openFileBucket } from "../../lambdas/adapters/files.ts";
import type { FileRecord } from "../../lambdas/store/files.ts";

const s3 = mockClient(S3Client);
const objects = openFileBucket(
  { region: "eu-central-1", credentials: { accessKeyId: "AKIA", secretAccessKey: "secret", sessionToken: "token" } },
  "files-of-shop",
);
const file: FileRecord = {
  chatbotId: "shop",
  conversationId: "conversation-1",
  fileId: "file-000001",
  name: "Päckchen (1).png",
  type: "image/png",
  size: 68,
  party: "visitor",
  announcedAt: 0,
};
const parsed = (url: string) => new URL(url, "https://chat.example");

beforeEach(() => s3.reset());

describe("the address to upload to", () => {
  it("is on our own origin and signs host, size and type", async () => {
    const { url, headers, expiresInSeconds } = await objects.uploadAddress(file);
    const { pathname, searchParams } = parsed(url);
    expect(url).toMatch(/^\/files\//);
    expect(pathname).toBe("/files/unsent/shop/conversation-1/file-000001");
    expect(searchParams.get("X-Amz-SignedHeaders")).toBe("content-length;content-type;host");
    expect([searchParams.get("X-Amz-Expires"), expiresInSeconds]).toEqual(["600", 600]);
    expect(headers).toEqual({ "content-type": "image/png" });
  });

  it("demands nothing that a browser can't send", async () => {
    const { url } = await objects.uploadAddress(file);
    expect(url).not.toMatch(/checksum/i);
  });

  it("is another one for another size", async () => {
    const signatureOf = async (size: number) =>
      parsed((await objects.uploadAddress({ ...file, size })).url).searchParams.get("X-Amz-Signature");
    expect(await signatureOf(68)).not.toBe(await signatureOf(69));
  });
});

describe("the address to download from", () => {
  it("makes it a download under its name, in the announced type, for five minutes", async () => {
    const { url, expiresInSeconds } = await objects.downloadAddress({ ...file, sentAt: 1 });
    const { pathname, searchParams } = parsed(url);
    expect(pathname).toBe("/files/sent/shop/conversation-1/file-000001");
    expect(searchParams.get("response-content-disposition")).toBe(
      "attachment; filename*=UTF-8''P%C3%A4ckchen%20%281%29.png",
    );
    expect(searchParams.get("response-content-type")).toBe("image/png");
    expect([searchParams.get("X-Amz-Expires"), expiresInSeconds]).toEqual(["300", 300]);
  });

  it("is that of the upload while the file was not sent", async () => {
    expect(parsed((await objects.downloadAddress(file)).url).pathname).toContain("/files/unsent/");
  });

  it.each(["a'b.png", 'a"b.png', "a\r\nb.png", "a;b=c.png", "‮gnp.exe", "名前.png", "%0d%0a.png"])(
    "spells %j so that a header holds it",
    (name) => {
      const header = attachmentNamed(name);
      expect(header).toMatch(/^attachment; filename\*=UTF-8''[A-Za-z0-9._~%-]+$/);
      expect(decodeURIComponent(header.split("''")[1] ?? "")).toBe(name);
    },
  );
});

describe("keeping an upload", () => {
  it("copies it to where its address can't replace it", async () => {
    s3.on(HeadObjectCommand).resolves({ ContentLength: 68 });
    s3.on(CopyObjectCommand).resolves({});
    expect(await objects.keep(file)).toBe(true);
    expect(s3.commandCalls(CopyObjectCommand)[0]?.args[0].input).toMatchObject({
      Bucket: "files-of-shop",
      Key: "files/sent/shop/conversation-1/file-000001",
      CopySource: "files-of-shop/files/unsent/shop/conversation-1/file-000001",
    });
  });

  it("refuses what is missing or of another size", async () => {
    s3.on(HeadObjectCommand)
      .rejectsOnce(new NotFound({ message: "", $metadata: {} }))
      .resolves({ ContentLength: 67 });
    expect([await objects.keep(file), await objects.keep(file)]).toEqual([false, false]);
    expect(s3.commandCalls(CopyObjectCommand)).toEqual([]);
  });

  it("fails, and calls nothing missing, when it may not look", async () => {
    s3.on(HeadObjectCommand).rejects(Object.assign(new Error("Forbidden"), { name: "AccessDenied" }));
    await expect(objects.keep(file)).rejects.toThrow("Forbidden");
  });
});

describe("erasing a conversation's files", () => {
  it("deletes those that were sent and those that were not, page by page", async () => {
    s3.on(ListObjectsV2Command, { Prefix: "files/unsent/shop/conversation-1/" }).resolves({
      Contents: [{ Key: "u1" }],
    });
    s3.on(ListObjectsV2Command, { Prefix: "files/sent/shop/conversation-1/" })
      .resolvesOnce({ Contents: [{ Key: "s1" }], NextContinuationToken: "more" })
      .resolves({ Contents: [{ Key: "s2" }] });
    s3.on(DeleteObjectsCommand).resolves({});
    await objects.erase(file);
    const deleted = s3.commandCalls(DeleteObjectsCommand).map(({ args }) => args[0].input.Delete?.Objects?.[0]?.Key);
    expect(deleted).toEqual(["u1", "s1", "s2"]);
  });

  it("fails when one stays, so that it is tried again", async () => {
    s3.on(ListObjectsV2Command).resolves({ Contents: [{ Key: "u1" }] });
    s3.on(DeleteObjectsCommand).resolves({ Errors: [{ Key: "u1", Code: "InternalError" }] });
    await expect(objects.erase(file)).rejects.toThrow("could not be deleted");
  });
});
